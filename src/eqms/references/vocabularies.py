"""Choices on references; fixed, because portals and checks rely on them."""

from collections.abc import Mapping
from eqms import _
from eqms.domain.legal_texts import Validity
from eqms.references.lookup import entries
from types import MappingProxyType
from typing import Any
from typing import Final
from zope.i18nmessageid import Message
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


KIND_TITLES: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "constitution": _("legal_constitution", default="Constitution"),
        "code": _("legal_code", default="Code"),
        "law": _("legal_law", default="Law"),
        "ordinance": _("legal_ordinance", default="Ordinance"),
        "resolution": _("legal_resolution", default="Resolution"),
        "joint_resolution": _("legal_joint_resolution", default="Joint resolution"),
        "decree": _("legal_decree", default="Decree"),
        "decision": _("legal_decision", default="Decision"),
        "circular": _("legal_circular", default="Circular"),
        "joint_circular": _("legal_joint_circular", default="Joint circular"),
        "directive": _("legal_directive", default="Directive"),
        "official_letter": _("legal_official_letter", default="Official letter"),
        "plan": _("legal_plan", default="Plan"),
        "consolidated": _("legal_consolidated", default="Consolidated text"),
        "standard": _("legal_standard", default="Standard"),
        "technical_regulation": _("legal_technical_regulation", default="Technical regulation"),
        "other": _("legal_other", default="Other"),
    }
)
"""Kinds of legal texts and standards; their ids are those of :mod:`eqms.domain.legal_texts`."""

VALIDITY_TITLES: Final[Mapping[str, Message]] = MappingProxyType(
    {
        Validity.NOT_YET.value: _("legal_validity_not_yet", default="Not in force yet"),
        Validity.IN_FORCE.value: _("legal_validity_in_force", default="In force"),
        Validity.PARTLY_EXPIRED.value: _("legal_validity_partly_expired", default="Partly expired"),
        Validity.EXPIRED.value: _("legal_validity_expired", default="Expired"),
    }
)
"""States of validity (chưa có hiệu lực, còn hiệu lực, hết hiệu lực một phần, toàn bộ)."""

ANNOUNCED: Final = "announced"
ABOLISHED: Final = "abolished"

ANNOUNCEMENT_TITLES: Final[Mapping[str, Message]] = MappingProxyType(
    {
        ANNOUNCED: _("tthc_announced", default="Announced"),
        ABOLISHED: _("tthc_abolished", default="Abolished"),
    }
)
"""States of an administrative procedure (đã công bố, đã bãi bỏ)."""

LEGAL_TEXTS: Final = "eqms.legal_texts"


def vocabulary(titles: Mapping[str, Message]) -> SimpleVocabulary:
    """A vocabulary of fixed values with their titles."""
    return SimpleVocabulary([SimpleTerm(value, value, title) for value, title in titles.items()])


@provider(IVocabularyFactory)
def legal_texts(context: Any, query: str | None = None) -> SimpleVocabulary:
    """The registered legal texts by UID, or those with some words in how they are cited."""
    found = entries("LegalText", query or "")
    return SimpleVocabulary([SimpleTerm(entry.uid, entry.uid, entry.label) for entry in found])
