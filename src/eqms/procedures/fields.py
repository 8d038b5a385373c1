"""Kinds of fields that procedures need beside the usual ones.

All values are plain: text, whole numbers, lists and dicts of them. What is wrong is refused by the
field itself, so that the form, REST and the import say the same sentence.
"""

from datetime import date
from decimal import Decimal
from eqms import _
from eqms.domain.durations import parse_quantity
from typing import Any
from zope import schema
from zope.interface import implementer
from zope.schema.interfaces import IFromUnicode
from zope.schema.interfaces import IInt
from zope.schema.interfaces import IList
from zope.schema.interfaces import ITextLine
from zope.schema.interfaces import ValidationError
import re


_DAY_AS_WRITTEN = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_GROUPED = re.compile(r"\d{1,3}(?:([ .,\u00a0])\d{3})(?:\1\d{3})*|\d+")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.I)


class InvalidInput(ValidationError):
    """The value cannot be taken; the message says why."""

    def doc(self) -> str:
        """What the form and REST show."""
        return self.args[0]


class ILenient(IFromUnicode):
    """Field that reads several ways of writing one value."""


class IDay(ILenient, ITextLine):
    """Field of a calendar day."""


class IQuantity(ILenient, ITextLine):
    """Field of a number of units of time."""


class IAmount(ILenient, IInt):
    """Field of an amount of money."""


class ITerritory(ITextLine):
    """Field of a territory: the name of a registered group, or any other words."""


class ILines(IList):
    """Field of lines of text."""


@implementer(IDay)
class Day(schema.TextLine):
    """A calendar day as ISO text (``2025-07-01``); ``1/7/2025`` is understood too."""

    def fromUnicode(self, value: str) -> str:
        """Read what a person typed."""
        written = _DAY_AS_WRITTEN.fullmatch(value.strip())
        if written:
            day, month, year = written.groups()
            value = f"{year}-{month:0>2}-{day:0>2}"
        return super().fromUnicode(value)

    def _validate(self, value: Any) -> None:
        super()._validate(value)
        try:
            valid = date.fromisoformat(value).isoformat() == value
        except ValueError:
            valid = False
        if not valid:
            raise InvalidInput(
                _(
                    "error_no_day",
                    default="“${value}” is not a date. Write it as 01/07/2025 or 2025-07-01.",
                    mapping={"value": value},
                )
            )


@implementer(IQuantity)
class Quantity(schema.TextLine):
    """A number of units of time as decimal text (``0.5``); ``1,5`` and ``½`` are understood."""

    def fromUnicode(self, value: str) -> str:
        """Read what a person typed; kept is the plain decimal with a point."""
        number = parse_quantity(value)
        return super().fromUnicode(value if number is None else _plain(number))

    def _validate(self, value: Any) -> None:
        super()._validate(value)
        if parse_quantity(value) is None:
            raise InvalidInput(
                _(
                    "error_no_quantity",
                    default="“${value}” is not a number. Write it as 5 or 1,5 or ½.",
                    mapping={"value": value},
                )
            )


@implementer(IAmount)
class Amount(schema.Int):
    """An amount in whole đồng, 0 or more; ``8.000`` is eight thousand."""

    def fromUnicode(self, value: str) -> int:
        """Read what a person typed, with or without separators of thousands."""
        text = value.strip()
        if not _GROUPED.fullmatch(text):
            raise self._no_amount(text)
        number = int(re.sub(r"\D", "", text))
        self.validate(number)
        return number

    def _validate(self, value: Any) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self._no_amount(value)
        super()._validate(value)

    @staticmethod
    def _no_amount(value: Any) -> InvalidInput:
        return InvalidInput(
            _(
                "error_no_amount",
                default="“${value}” is not an amount. Write whole đồng, 0 or more, as 8000 or "
                "8.000.",
                mapping={"value": str(value)},
            )
        )


class WebAddress(schema.TextLine):
    """An address that a browser opens: http or https, nothing that runs."""

    def _validate(self, value: Any) -> None:
        super()._validate(value)
        if not is_web_address(value):
            raise InvalidInput(
                _(
                    "error_no_web_address",
                    default="“${value}” is not a web address. It begins with https://",
                    mapping={"value": value},
                )
            )


@implementer(ITerritory)
class Territory(schema.TextLine):
    """Where a fee is due; the registered territory groups are suggested."""


@implementer(ILines)
class Lines(schema.List):
    """Lines of text; an empty line keeps its place."""

    def __init__(self, **kw: Any) -> None:
        super().__init__(value_type=schema.TextLine(), **kw)

    def _validate(self, value: Any) -> None:
        if not isinstance(value, list) or not all(
            isinstance(line, str) and "\n" not in line for line in value
        ):
            raise InvalidInput(_("error_no_lines", default="A list of lines of text is expected."))


def is_web_address(text: str) -> bool:
    """Whether a text is an address with http or https."""
    return bool(_WEB_ADDRESS.fullmatch(text))


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
