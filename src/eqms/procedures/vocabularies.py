"""Choices inside procedures; fixed, because portals and checks rely on them."""

from collections.abc import Mapping
from eqms import _
from types import MappingProxyType
from typing import Final
from zope.i18nmessageid import Message
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


UNIT_TITLES: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "working_day": _("unit_working_day", default="working days"),
        "day": _("unit_day", default="days"),
        "hour": _("unit_hour", default="hours"),
        "minute": _("unit_minute", default="minutes"),
        "week": _("unit_week", default="weeks"),
        "month": _("unit_month", default="months"),
        "year": _("unit_year", default="years"),
    }
)
"""Units of time; a plain day is not a working day."""

CHANNEL_TITLES: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "in_person": _("channel_in_person", default="In person"),
        "online": _("channel_online", default="Online"),
        "by_post": _("channel_by_post", default="By post"),
    }
)
"""Ways of submitting a dossier (trực tiếp, trực tuyến, qua dịch vụ bưu chính)."""

PAPER_TITLES: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "submit": _("paper_submit", default="To submit"),
        "present": _("paper_present", default="To present"),
        "note": _("paper_note", default="Note"),
    }
)
"""What happens with a paper of the dossier: handed in, or only shown."""

ONLINE_LEVEL_TITLES: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "full": _("online_full", default="Fully online"),
        "partial": _("online_partial", default="Partly online"),
        "information": _("online_information", default="Information only"),
    }
)
"""How far an administrative procedure can be carried out online (toàn trình, một phần)."""


CHECKS: Final = "eqms.procedure_checks"
"""Name of the vocabulary of all checks."""


def vocabulary(titles: Mapping[str, Message]) -> SimpleVocabulary:
    """A vocabulary of fixed values with their titles."""
    return SimpleVocabulary([SimpleTerm(value, value, title) for value, title in titles.items()])
