"""Putting a draft on a new base: another revision came in force since it was begun.

The urgent correction that overtook a draft is in force, so the draft has to contain it. What only
the correction changed is taken over; what both changed is decided by the author, field by field,
and the decisions stand in the trail.
"""

from Acquisition import aq_base
from Acquisition import aq_parent
from collections.abc import Mapping
from dataclasses import dataclass
from eqms import _
from eqms.documents.comparison import Change as Compared
from eqms.documents.comparison import three_way
from eqms.documents.content import number_of
from eqms.documents.content import register_of
from eqms.documents.drafting import copied
from eqms.documents.drafting import copy_part
from eqms.documents.drafting import number_after
from eqms.documents.elevation import elevated
from eqms.documents.errors import bad_request
from eqms.documents.errors import conflict
from eqms.documents.migration import depend_on
from eqms.documents.noting import note
from eqms.documents.snapshot import content_fields
from eqms.documents.switch import is_stale
from eqms.documents.workflow import state_of
from eqms.domain.numbering import Change
from eqms.domain.rebase import amendment_rows
from eqms.domain.rebase import holds
from eqms.domain.rebase import Side
from eqms.domain.redline import Verdict
from eqms.domain.revisions import State
from plone import api
from typing import Any
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent


PART = "parts/"
"""Before the id of an image or attachment; a name without it is that of a field."""

SHEET = "amendments"
"""The amendment sheet grows with each revision: it is put together, not chosen."""


@dataclass(frozen=True)
class Item:
    """Something that the draft, the revision in force or both changed since the base."""

    name: str
    title: Any
    verdict: Verdict


def items(revision: Any) -> list[Item]:
    """What changed since the base of a stale draft, in the order of its fields, then its parts.

    :raises Conflict: if the draft rests on what is in force
    """
    titles: dict[str, Any] = {name: field.title for name, field in content_fields(revision)}
    return [
        Item(name, titles.get(name) or name.removeprefix(PART), change.verdict)
        for name, change in _changes(revision, *_sides(revision)).items()
    ]


def rebase(revision: Any, take: Mapping[str, Side], onto: str | None = None) -> None:
    """Let a draft rest on the revision in force.

    :param take: for each name of an item whose version holds; an attachment is ``parts/<id>``. What
        only one of the two changed needs no answer
    :param onto: UID of the revision in force that the answers were given on
    :raises Conflict: if it is no draft, rests on what is in force, or ``onto`` is that no more
    :raises BadRequest: for a name that is no item, or an item that both changed without an answer
    """
    if state_of(revision) is not State.DRAFT:
        raise conflict(_("error_rebase_no_draft", default="Only a draft is put on a new base."))
    register = register_of(aq_parent(revision))
    depend_on(register)
    base, live = _sides(revision)
    _check_onto(live, onto)
    changes = _changes(revision, base, live)
    sides = _decided(changes, take)
    for name, side in sides.items():
        if side is Side.THEIRS:
            _take_over(revision, name, changes[name].theirs)
    number = number_of(revision)
    _renumber(revision, base, live)
    revision.based_on = api.content.get_uuid(live)
    notify(ObjectModifiedEvent(revision))
    note(
        revision,
        "rebased",
        base=api.content.get_uuid(base),
        onto=revision.based_on,
        number=[number, number_of(revision)],
        decisions={
            name: {
                "changed_by": changes[name].verdict.value,
                "took": side.value,
                "decided": name in take,
            }
            for name, side in sides.items()
        },
    )


def _sides(revision: Any) -> tuple[Any, Any]:
    """The base of the draft, and the revision in force."""
    if not is_stale(revision):
        raise conflict(
            _(
                "error_rebase_not_needed",
                default="The draft rests on the revision in force already.",
            )
        )
    document = aq_parent(revision)
    register = register_of(document)
    base = register.entry(revision.based_on)
    return document._getOb(base.id), document._getOb(register.live.id)


def _changes(revision: Any, base: Any, live: Any) -> dict[str, Compared]:
    found = three_way(base, revision, live)
    named = {
        **{name: change for name, change in found.fields.items() if name != SHEET},
        **{f"{PART}{name}": change for name, change in found.parts.items()},
    }
    return {name: change for name, change in named.items() if change.verdict is not Verdict.NOBODY}


def _check_onto(live: Any, onto: str | None) -> None:
    if onto and onto != api.content.get_uuid(live):
        raise conflict(
            _(
                "error_rebase_moved",
                default="Yet another revision came in force meanwhile. Look at the changes again.",
            )
        )


def _decided(changes: Mapping[str, Compared], take: Mapping[str, Side]) -> dict[str, Side]:
    unknown = take.keys() - changes.keys()
    if unknown:
        raise bad_request(
            _(
                "error_rebase_unknown",
                default="Nobody changed: ${names}.",
                mapping={"names": ", ".join(sorted(unknown))},
            )
        )
    sides = {name: holds(change.verdict, take.get(name)) for name, change in changes.items()}
    open_ones = [name for name, side in sides.items() if side is None]
    if open_ones:
        raise bad_request(
            _(
                "error_rebase_undecided",
                default="Both revisions changed: ${names}. Say for each which one holds.",
                mapping={"names": ", ".join(open_ones)},
            )
        )
    return {name: side for name, side in sides.items() if side is not None}


def _take_over(revision: Any, name: str, theirs: Any) -> None:
    if not name.startswith(PART):
        setattr(revision, name, copied(theirs))
        return
    part = name.removeprefix(PART)
    with elevated():
        if part in revision.objectIds():
            revision._delObject(part)
    if theirs is not None:
        copy_part(revision, theirs)


def _renumber(revision: Any, base: Any, live: Any) -> None:
    """The next number after the one in force, and the amendment sheet that goes with it."""
    before = number_of(revision)
    change = Change.REISSUE if revision.issue_no != base.issue_no else Change.AMENDMENT
    number = number_after(live, change)
    revision.issue_no, revision.amendment_no = number.issue, number.amendment
    sheets = (aq_base(item).amendments or () for item in (base, revision, live))
    revision.amendments = amendment_rows(*sheets, renumbered=(before, str(number)))
