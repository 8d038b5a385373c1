"""Word files of invented procedures, importing them, and what that leaves in a site."""

from eqms.documents.coding import register_of_codes
from eqms.documents.upload import Upload
from eqms.exchange.batches import open_batch
from eqms.exchange.importing import import_file
from eqms.exchange.storage import log_of
from eqms.exchange.storage import Mode
from plone import api
from word.build import customary
from word.build import merge
from word.build import table
from zope.component import getUtility
from zope.intid.interfaces import IIntIds


CODE = "QT 05/CX-HCTP"
TITLE = "Cấp phép tổ chức lễ hội"


def procedure(code=CODE, title=TITLE, issued="07/7/2025", issuer="SỞ TƯ PHÁP", **parts):
    """The bytes of a procedure with this control block."""

    def control(document):
        made = table(
            document,
            [
                [issuer, "QUY TRÌNH", f"Mã hiệu: {code}" if code else ""],
                ["", title, "Lần ban hành: 03"],
                ["", "", f"Ngày ban hành: {issued}" if issued else ""],
            ],
        )
        merge(made, (0, 0), (2, 0))
        merge(made, (1, 1), (2, 1))

    return customary(**({"control": control, "margins": None, "annexes": None} | parts))


def imported(agency, *files, mode=Mode.DRAFT):
    """Import files, each ``(name, bytes)`` or bytes, as whoever is acting; returns the batch."""
    batch = open_batch(agency, mode)
    for number, file in enumerate(files, 1):
        name, data = file if isinstance(file, tuple) else (f"{number}.docx", file)
        import_file(agency, batch, Upload(name, data))
    return batch


def leftovers(agency):
    """Everything an import could leave in the site: catalog, ids, codes, what the agency holds.

    Legal texts that it registered stay: others may cite them by then.
    """
    catalog = api.portal.get_tool("portal_catalog")
    texts = catalog.unrestrictedSearchResults(portal_type="LegalText")
    left_out = {brain.getPath() for brain in texts}
    paths = {brain.getPath() for brain in catalog.unrestrictedSearchResults()}
    return {
        "catalog": sorted(paths - left_out),
        "intids": len(getUtility(IIntIds)) - len(left_out),
        "codes": register_of_codes(agency).codes(),
        "children": sorted(agency.objectIds()),
        "digests": list(log_of(agency)._documents),
    }
