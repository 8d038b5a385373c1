"""What the demo's documents point to, registered by a document controller."""

from collections.abc import Mapping
from datetime import date
from eqms.demo import facts
from eqms.domain.legal_texts import number_key
from eqms.exchange.making import cited
from eqms.exchange.word.legal import read_legal_bases
from eqms.references.folder import references_folder
from eqms.references.lookup import text_by_key
from eqms.references.registering import register_cited
from plone import api
from plone.app.uuid.utils import uuidToObject
from plone.dexterity.utils import createContentInContainer
from typing import Any
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent


def register_references(controller: str) -> None:
    """Register legal texts, administrative procedures and territory groups."""
    told = facts.references()
    folder = references_folder()
    with api.env.adopt_user(username=controller):
        register_cited(cited(basis) for basis in read_legal_bases(facts.legal_texts()))
        createContentInContainer(folder, "LegalText", **told["standard"])
        for row in told["administrative_procedures"]:
            createContentInContainer(folder, "AdministrativeProcedure", **row)
        for row in told["territory_groups"]:
            createContentInContainer(folder, "TerritoryGroup", **row)
        for row in told["texts"]:
            _complete(row)


def _complete(row: Mapping[str, Any]) -> None:
    """Say what became of a registered text."""
    text = uuidToObject(_uid(row["number"]))
    for name, value in row["values"].items():
        setattr(text, name, date.fromisoformat(value) if name in _DAYS else value)
    text.replaced_by = [_uid(number) for number in row.get("replaced_by", ())]
    notify(ObjectModifiedEvent(text))


_DAYS = ("effective_on", "validity_since")


def _uid(number: str) -> str:
    entry = text_by_key(number_key(number))
    if entry is None:
        raise ValueError(number)
    return entry.uid
