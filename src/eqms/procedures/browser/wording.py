"""How limits, fees and days are put into words."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from eqms import _
from eqms.domain.durations import format_duration
from eqms.domain.durations import parse_quantity
from eqms.procedures.vocabularies import CHANNEL_TITLES
from plone import api
from typing import Any
from zope.i18n import translate
from zope.i18nmessageid import Message


Row = Mapping[str, Any]


class Wording:
    """Words in the language of a request, or in another one that is asked for."""

    def __init__(self, request: Any, language: str | None = None) -> None:
        self._request = request
        self._target = language
        self._language = "vi" if (language or api.portal.get_current_language()) == "vi" else "en"

    def told(self, message: Message | str) -> str:
        """A message in words."""
        return str(translate(message, context=self._request, target_language=self._target))

    def limit(self, scenario: Row) -> str:
        """The time limit of a case: "không quá 25 ngày"; empty if it has none."""
        value = parse_quantity(scenario.get("value") or "")
        if value is None:
            return ""
        limit = self.duration(value, scenario.get("unit") or "working_day")
        if not scenario.get("ceiling"):
            return limit
        return self.told(
            _("not_more_than", default="not more than ${limit}", mapping={"limit": limit})
        )

    def duration(self, value: Decimal, unit: str) -> str:
        """A length of time in the customary form: "05 ngày làm việc"."""
        return format_duration(value, unit, self._language)

    def channel(self, channel: str | None) -> str:
        """A way of submission."""
        return self.told(CHANNEL_TITLES[channel]) if channel in CHANNEL_TITLES else ""

    def amount(self, fee: Row) -> str:
        """What a fee amounts to: "2.000 đồng/trang, không quá 200.000 đồng"."""
        if not fee.get("amount"):
            return self.told(_("no_fee", default="Free of charge"))
        text = joined(self.money(fee["amount"]), fee.get("unit"), between="/")
        if not fee.get("cap"):
            return text
        cap = {"amount": text, "cap": self.money(fee["cap"])}
        return self.told(_("fee_cap", default="${amount}, at most ${cap}", mapping=cap))

    def validity(self, fee: Row) -> str:
        """From when until when a fee is valid; empty if that is not limited."""
        days = {"first": as_day(fee.get("valid_from")), "last": as_day(fee.get("valid_to"))}
        if all(days.values()):
            return self.told(_("fee_from_to", default="from ${first} until ${last}", mapping=days))
        if days["first"]:
            return self.told(_("fee_from", default="from ${first}", mapping=days))
        if days["last"]:
            return self.told(_("fee_to", default="until ${last}", mapping=days))
        return ""

    def money(self, amount: int) -> str:
        """An amount: "8.000 đồng"."""
        grouped = {"amount": f"{amount:,}".replace(",", ".")}
        return self.told(_("amount_dong", default="${amount} đồng", mapping=grouped))


def as_day(iso: str | None) -> str:
    """A day as officials write it: 01/07/2025."""
    return date.fromisoformat(iso).strftime("%d/%m/%Y") if iso else ""


def joined(*parts: str | None, between: str = "; ") -> str:
    """The parts that are there, one after the other."""
    return between.join(part for part in parts if part)
