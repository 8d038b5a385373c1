"""How values of procedures are put into words, for comparing revisions."""

from decimal import Decimal
from eqms.documents.content import IRevision
from eqms.documents.showing import CollectionWords
from eqms.documents.showing import FieldWords
from eqms.documents.showing import show
from eqms.documents.showing import Table
from eqms.domain.durations import parse_quantity
from eqms.procedures.browser.wording import as_day
from eqms.procedures.browser.wording import Wording
from eqms.procedures.fields import IAmount
from eqms.procedures.fields import IDay
from eqms.procedures.fields import ILines
from eqms.procedures.fields import IQuantity
from eqms.procedures.rows import IStepRows
from typing import Any
from zope.component import adapter
from zope.globalrequest import getRequest
from zope.schema.interfaces import IField


@adapter(IDay, IRevision)
class DayWords(FieldWords):
    """A day, stored as ISO text."""

    def text(self, value: str) -> str:
        """The day as officials write it."""
        return as_day(value)


@adapter(IAmount, IRevision)
class AmountWords(FieldWords):
    """An amount of money."""

    def text(self, value: int) -> str:
        """The amount with its currency: "8.000 đồng"."""
        return Wording(getRequest()).money(value)


@adapter(IQuantity, IRevision)
class QuantityWords(FieldWords):
    """A number of units of time."""

    def text(self, value: str) -> str:
        """The number with a comma, the half as a sign."""
        number = parse_quantity(value)
        return "½" if number == Decimal("0.5") else value.replace(".", ",")


@adapter(ILines, IRevision)
class LinesWords(CollectionWords):
    """Lines of text: empty ones only keep a place."""

    def shown(self, value: Any) -> Table:
        """A row for each line that says something."""
        return super().shown([line for line in value or () if line.strip()])


@adapter(IStepRows, IRevision)
class StepWords(CollectionWords):
    """The work steps."""

    def cell(self, name: str, column: IField, value: Any) -> str:
        """The text of a cell; times with the case that each is for, where there are several."""
        cases = self.revision.scenarios or []
        if name != "times" or len(cases) < 2:
            return super().cell(name, column, value)
        labels = [case.get("label") or "" for case in cases]
        labels += [""] * len(value or ())
        timed = [
            f"{label}: {time}" if label else time
            for label, time in zip(labels, value or (), strict=False)
            if time.strip()
        ]
        return show(column, self.revision, timed).text
