"""Documents that cite references, as REST lists them."""

from collections.abc import Sequence
from plone import api
from typing import Any


def rows_of(brains: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows of catalog entries, with the names of their agencies."""
    catalog = api.portal.get_tool("portal_catalog")
    uids = sorted({brain.eqms_agency for brain in brains if brain.eqms_agency})
    titles = {brain.UID: brain.Title for brain in catalog(UID=uids)} if uids else {}
    return [
        {
            "@id": brain.getURL(),
            "@type": brain.portal_type,
            "UID": brain.UID,
            "code": brain.eqms_written_code or None,
            "title": brain.Title,
            "number": brain.eqms_number or None,
            "agency": {"UID": brain.eqms_agency, "title": titles.get(brain.eqms_agency, "")},
        }
        for brain in brains
    ]
