"""Opening drafts: the first one of a new document, and the next one as a copy."""

from collections.abc import Mapping
from copy import deepcopy
from eqms import _
from eqms.agencies.lookup import agency_of
from eqms.documents.content import IControlledDocument
from eqms.documents.content import number_of
from eqms.documents.content import register_of
from eqms.documents.elevation import elevated
from eqms.documents.errors import conflict
from eqms.documents.interfaces import IRevisionType
from eqms.documents.register import Entry
from eqms.documents.snapshot import content_fields
from eqms.documents.snapshot import part_content
from eqms.domain.numbering import Change
from eqms.domain.numbering import next_number
from eqms.domain.numbering import PaperNumber
from eqms.domain.revisions import Kind
from eqms.domain.revisions import State
from eqms.trail import storage as trail
from plone import api
from plone.dexterity.utils import createContent
from plone.namedfile.file import NamedBlobFile
from plone.namedfile.file import NamedBlobImage
from plone.namedfile.interfaces import INamedBlobFile
from plone.namedfile.interfaces import INamedBlobImage
from typing import Any
from zope.component import adapter
from zope.event import notify
from zope.interface import implementer
from zope.lifecycleevent import ObjectCreatedEvent


OF_ONE_REVISION = frozenset({"force_mode", "force_date", "force_days", "new_code"})
"""Content that the next revision does not take over: from when, and with which new code."""

CHANGE_CLASS = {Change.REISSUE: "major", Change.AMENDMENT: "minor"}


@implementer(IRevisionType)
@adapter(IControlledDocument)
class DefaultRevisionType:
    """Revisions of a document nobody knows more about: text, file, attachments."""

    portal_type = "DocumentRevision"

    def __init__(self, document: Any) -> None:
        self.document = document


def open_first_draft(document: Any, values: Mapping[str, Any]) -> Any:
    """Make the first draft of a document that has no revision; returns it."""
    return _add(document, values)


def revise(document: Any, change: Change = Change.AMENDMENT, kind: Kind = Kind.NORMAL) -> Any:
    """Open the next draft as a copy of the revision in force, or of the last one there was.

    :param kind: urgent for a correction that cannot wait until the normal draft is finished
    :raises Conflict: if one of the kind is open, or there is nothing to correct urgently
    """
    register = register_of(document)
    _check_room(document, kind)
    base_entry = register.live or (register.entries[-1] if register.entries else None)
    if base_entry is None:
        return _add(document, {"title": document.title})
    base = document._getOb(base_entry.id)
    values = {
        name: copied(getattr(base, name, None))
        for name, _field in content_fields(base)
        if name not in OF_ONE_REVISION
    }
    number = number_after(base, change)
    values |= {
        "issue_no": number.issue,
        "amendment_no": number.amendment,
        "change_class": CHANGE_CLASS[change],
    }
    revision = _add(document, values, based_on=base_entry.uid, kind=kind)
    for child in base.objectValues():
        copy_part(revision, child)
    return revision


def number_after(base: Any, change: Change) -> PaperNumber:
    """The number of the revision that follows ``base``, as its agency counts."""
    before = PaperNumber(base.issue_no, base.amendment_no)
    return next_number(before, change, agency_of(base).issues_only)


def free_kinds(document: Any) -> list[Kind]:
    """The kinds of which a draft could be opened now."""
    register = register_of(document)
    return [
        kind
        for kind in Kind
        if register.open(kind) is None and not (kind is Kind.URGENT and register.live is None)
    ]


def _check_room(document: Any, kind: Kind) -> None:
    register = register_of(document)
    opened = register.open(kind)
    if opened is not None:
        raise conflict(
            _(
                "error_draft_open",
                default="Revision ${number} of this document is still open. Finish or discard it "
                "before opening another one.",
                mapping={"number": number_of(document._getOb(opened.id))},
            )
        )
    if kind is Kind.URGENT and register.live is None:
        raise conflict(
            _(
                "error_nothing_to_correct",
                default="Nothing of this document is in force, so there is nothing to correct "
                "urgently. Open a normal revision.",
            )
        )


def _add(
    document: Any, values: Mapping[str, Any], based_on: str | None = None, kind: Kind = Kind.NORMAL
) -> Any:
    register = register_of(document)
    portal_type = IRevisionType(document).portal_type
    seq = register.next_seq
    revision = createContent(portal_type, id=f"rev-{seq}")
    for name, value in values.items():
        if value is not None:
            setattr(revision, name, value)
    revision.seq = seq
    revision.kind = kind.value
    revision.based_on = based_on
    with elevated():
        notify(ObjectCreatedEvent(revision))
        document._setObject(revision.id, revision)
        revision = document._getOb(revision.id)
    register.add(Entry(seq, api.content.get_uuid(revision), revision.id, State.DRAFT, kind.value))
    trail.append(
        api.content.get_uuid(document),
        "draft_opened",
        path="/".join(revision.getPhysicalPath()),
        revision=api.content.get_uuid(revision),
        seq=seq,
        kind=kind.value,
        based_on=based_on or "",
    )
    document.reindexObject()
    return revision


def copied(value: Any) -> Any:
    """A copy of a value: what happens to it in the draft must not reach the other revision."""
    if INamedBlobImage.providedBy(value):
        return NamedBlobImage(value.data, value.contentType, value.filename)
    if INamedBlobFile.providedBy(value):
        return NamedBlobFile(value.data, value.contentType, value.filename)
    if isinstance(value, (list, dict)):
        return deepcopy(value)
    return value


def copy_part(revision: Any, child: Any) -> None:
    """Add a copy of an image or attachment of another revision to a draft."""
    copy = createContent(child.portal_type, id=child.getId())
    for name, value in part_content(child).items():
        setattr(copy, name, copied(value))
    with elevated():
        notify(ObjectCreatedEvent(copy))
        revision._setObject(copy.id, copy)
