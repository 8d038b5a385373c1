"""Two revisions compared field by field, and three of them to see who changed what."""

from Acquisition import aq_base
from collections.abc import Mapping
from dataclasses import dataclass
from eqms.documents.snapshot import content_fields
from eqms.documents.snapshot import part_content
from eqms.documents.snapshot import plain
from eqms.domain.redline import Verdict
from eqms.domain.redline import verdict
from itertools import chain
from plone.dexterity.interfaces import IDexterityContent
from typing import Any


NUMBER = frozenset({"issue_no", "amendment_no"})
"""Fields that a new base decides, whoever changed what."""


@dataclass(frozen=True)
class Change:
    """Who changed a value since the base, and the value that now stands in force.

    ``theirs`` is the very object of the other revision: who takes it over makes a copy.
    """

    verdict: Verdict
    theirs: Any


@dataclass(frozen=True)
class ThreeWay:
    """Changes of two revisions since their common base.

    ``fields`` by the name of the field; ``parts`` (images, attachments) by their id, where a
    missing part is None.
    """

    fields: Mapping[str, Change]
    parts: Mapping[str, Change]


def three_way(base: Any, mine: Any, theirs: Any) -> ThreeWay:
    """Compare a stale draft (mine) and the revision in force (theirs) with what both began as.

    Of the fields with the verdict ``THEIRS`` the draft may take over ``theirs`` without asking; a
    ``CONFLICT`` is for a person to decide. The number is not compared: it follows from the base.
    """
    bare = [aq_base(revision) for revision in (base, mine, theirs)]
    names = (name for name, _field in content_fields(mine) if name not in NUMBER)
    parts = dict.fromkeys(chain.from_iterable(revision.objectIds() for revision in bare))
    return ThreeWay(
        {name: _change(*(getattr(item, name, None) for item in bare)) for name in names},
        {part: _change(*(item._getOb(part, None) for item in bare)) for part in parts},
    )


def _change(base: Any, mine: Any, theirs: Any) -> Change:
    return Change(verdict(*map(_comparable, (base, mine, theirs))), theirs)


def _comparable(value: Any) -> Any:
    """A value or part as plain data; that nothing is there can be stored in several ways."""
    if IDexterityContent.providedBy(value):
        return plain(part_content(value))
    return None if value in ("", [], ()) else plain(value)
