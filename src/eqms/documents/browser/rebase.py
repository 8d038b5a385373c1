"""What an author has to know to go on with a draft whose base is no longer in force."""

from Acquisition import aq_parent
from collections.abc import Iterable
from collections.abc import Mapping
from eqms import _
from eqms.documents.browser.compare import named
from eqms.documents.browser.redline import around_changes
from eqms.documents.browser.redline import shown_field
from eqms.documents.browser.redline import stylesheet
from eqms.documents.comparison import compare
from eqms.documents.comparison import Comparison
from eqms.documents.comparison import FieldRedline
from eqms.documents.comparison import three_way
from eqms.documents.content import register_of
from eqms.documents.counterpart import others
from eqms.domain.redline import Mark
from eqms.domain.redline import old_text
from eqms.domain.redline import Verdict
from functools import cached_property
from itertools import chain
from plone import api
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any


VERDICTS = {
    Verdict.MINE: _("verdict_mine", default="Changed in this draft only"),
    Verdict.THEIRS: _("verdict_theirs", default="Changed in the revision in force only"),
    Verdict.BOTH: _("verdict_both", default="Changed alike in both"),
    Verdict.CONFLICT: _("verdict_conflict", default="Changed in both, in different ways"),
}


class RebaseView(BrowserView):
    """``@@rebase-view``: a fragment with the base, the draft and the revision in force.

    Fields come with the verdict who changed them; those that nobody changed are left out.
    """

    fragment = ViewPageTemplateFile("rebase.pt")
    parts = ViewPageTemplateFile("redline_parts.pt")

    def __call__(self) -> str:
        """The fragment."""
        return str(self.fragment())

    @property
    def stylesheet(self) -> str:
        """Address of the styles."""
        return stylesheet()

    @cached_property
    def sides(self) -> tuple[Any, Any] | None:
        """The base and the revision in force; None if the draft rests on what is in force."""
        live = register_of(aq_parent(self.context)).live
        known = {api.content.get_uuid(other): other for other in others(self.context)}
        base, theirs = known.get(self.context.based_on), known.get(live.uid if live else None)
        return None if None in (base, theirs) or base is theirs else (base, theirs)

    @property
    def heads(self) -> list[dict[str, Any]]:
        """The three revisions, in the order of the columns."""
        base, theirs = self.sides
        return [named(revision) for revision in (base, self.context, theirs)]

    @cached_property
    def fields(self) -> list[dict[str, Any]]:
        """The fields that somebody changed and the author may read."""
        base, theirs = self.sides
        found = three_way(base, self.context, theirs)
        changes = {**found.fields, **{f"parts/{name}": part for name, part in found.parts.items()}}
        columns = [_by_name(compare(base, side)) for side in (self.context, theirs)]
        shown = []
        for name in dict.fromkeys(chain(*columns)):
            change = changes.get(name.partition(":")[0])
            if change is not None and change.verdict is not Verdict.NOBODY:
                shown.append(_shown(change.verdict, *(column.get(name) for column in columns)))
        return shown


def _by_name(comparison: Comparison) -> dict[str, FieldRedline]:
    return {field.name: field for field in comparison.fields}


def _shown(
    verdict: Verdict, mine: FieldRedline | None, theirs: FieldRedline | None
) -> dict[str, Any]:
    """A field in three columns; of long texts what one of the two has changed."""
    sides = [side for side in (mine, theirs) if side is not None]
    return {
        "name": sides[0].name,
        "title": sides[0].title,
        "verdict": verdict.value,
        "label": VERDICTS[verdict],
        "base_lines": _union(_touched_lines(side) for side in sides),
        "base_rows": _union(_touched_rows(side) for side in sides),
        "heads": sides[0].heads,
        "sides": [shown_field(side) if side and side.changed else None for side in (mine, theirs)],
    }


def _union(found: Iterable[Mapping[int, Any]]) -> list[Any]:
    """What stands at the positions of all, in their order."""
    together = {position: item for items in found for position, item in items.items()}
    return [together[position] for position in sorted(together)]


def _touched_lines(field: FieldRedline) -> dict[int, str]:
    """Lines of the base that are changed, or stand beside a change, by their position."""
    near = around_changes(field.blocks)
    standing = (
        (index, block)
        for index, block in enumerate(field.blocks)
        if any(segment.mark is not Mark.INSERTED for segment in block)
    )
    return {
        position: old_text(block)
        for position, (index, block) in enumerate(standing)
        if index in near
    }


def _touched_rows(field: FieldRedline) -> dict[int, list[str]]:
    """Rows of the base that are changed, as the texts of their cells, by their position."""
    return {
        row.old: ["\n".join(map(old_text, cell)) for cell in row.cells]
        for row in field.rows
        if row.changed and row.old is not None
    }
