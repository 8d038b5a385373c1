"""Choices on documents and revisions; what differs by agency or province is a setting."""

from collections.abc import Mapping
from eqms import _
from eqms.agencies.lookup import agency_of
from eqms.documents.labels import END_REASONS
from plone import api
from plone.app.vocabularies.catalog import StaticCatalogVocabulary
from typing import Any
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


CLASSIFICATIONS = "eqms.classifications"
CHANGE_CLASSES = "eqms.change_classes"
FORCE_MODES = "eqms.force_modes"
RETENTION_CLASSES = "eqms.retention_classes"
FIELDS = "eqms.fields"
LEVELS = "eqms.levels"
UNITS = "eqms.units"
AGENCIES = "eqms.agencies"
DOCUMENTS = "eqms.documents"
WHY_ENDED = "eqms.end_reasons"
TIER_RULES = "eqms.agency_tiers"

FIELDS_RECORD = "eqms.documents.fields"
LEVELS_RECORD = "eqms.documents.levels"
RETENTION_RECORD = "eqms.documents.retention_classes"


def _vocabulary(titles: Mapping[str, Any]) -> SimpleVocabulary:
    return SimpleVocabulary([SimpleTerm(key, key, title) for key, title in titles.items()])


@provider(IVocabularyFactory)
def classifications(context: Any) -> SimpleVocabulary:
    """Who may read: everybody, staff of any agency, people of this agency. No secrecy grades."""
    return _vocabulary(
        {
            "public": _("classification_public", default="Public"),
            "internal": _("classification_internal", default="Internal"),
            "restricted": _("classification_restricted", default="Restricted"),
        }
    )


@provider(IVocabularyFactory)
def change_classes(context: Any) -> SimpleVocabulary:
    """How much a revision changes."""
    return _vocabulary(
        {
            "major": _("change_major", default="Major"),
            "minor": _("change_minor", default="Minor"),
            "editorial": _("change_editorial", default="Editorial"),
        }
    )


@provider(IVocabularyFactory)
def force_modes(context: Any) -> SimpleVocabulary:
    """From when a revision is in force once it is issued."""
    return _vocabulary(
        {
            "on_approval": _("force_on_approval", default="As soon as it is issued"),
            "on_date": _("force_on_date", default="From a date on"),
            "days_after": _("force_days_after", default="Some days after it is issued"),
        }
    )


@provider(IVocabularyFactory)
def retention_classes(context: Any) -> SimpleVocabulary:
    """How long a document out of use is kept, from the settings of the site."""
    return _vocabulary(api.portal.get_registry_record(RETENTION_RECORD, default=None) or {})


@provider(IVocabularyFactory)
def end_reasons(context: Any) -> SimpleVocabulary:
    """Why a document is out of use, as readers are told."""
    return _vocabulary(END_REASONS)


@provider(IVocabularyFactory)
def fields(context: Any) -> SimpleVocabulary:
    """Fields of administration (lĩnh vực), by the letters that stand in codes."""
    return _vocabulary(api.portal.get_registry_record(FIELDS_RECORD, default=None) or {})


@provider(IVocabularyFactory)
def levels(context: Any) -> SimpleVocabulary:
    """Levels at which a procedure is carried out (cấp), by the letters that stand in codes."""
    return _vocabulary(api.portal.get_registry_record(LEVELS_RECORD, default=None) or {})


@provider(IVocabularyFactory)
def units(context: Any) -> SimpleVocabulary:
    """Units of the agency that the context belongs to, by UID."""
    agency = agency_of(context)
    found = agency.objectValues("Dexterity Item") if agency is not None else ()
    return _vocabulary(
        {api.content.get_uuid(unit): unit.title for unit in found if unit.portal_type == "Unit"}
    )


@provider(IVocabularyFactory)
def agencies(context: Any) -> StaticCatalogVocabulary:
    """All agencies of the site that the user may see, by UID; asked for only when it is used."""
    query = {"portal_type": "Agency", "sort_on": "sortable_title"}
    return StaticCatalogVocabulary(query, title_template="{brain.Title}")


@provider(IVocabularyFactory)
def documents(context: Any) -> StaticCatalogVocabulary:
    """The documents of the agency that the user may see, by UID; asked for only when it is used."""
    agency = agency_of(context)
    query = {
        "object_provides": "eqms.documents.content.IControlledDocument",
        "eqms_agency": api.content.get_uuid(agency) if agency is not None else "",
        "sort_on": "eqms_code",
    }
    return StaticCatalogVocabulary(query, title_template="{brain.eqms_written_code} {brain.Title}")
