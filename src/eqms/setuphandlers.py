"""What installing and uninstalling do beyond the profiles."""

from eqms.agencies.witness import install_witness
from eqms.agencies.witness import remove_witness
from eqms.approval.authentication import storage
from eqms.approval.authentication.keeper import install_keeper
from eqms.approval.authentication.keeper import remove_keeper
from eqms.approval.notices import storage as notices
from eqms.clock import ledger
from eqms.documents import ledger as documents_ledger
from eqms.documents import schedule
from eqms.documents.types import controlled_types
from eqms.documents.types import REMOVE_ANYWAY
from eqms.exchange.staging import storage as staging
from eqms.interfaces import IEqmsSite
from eqms.printing import freezing
from eqms.references.folder import references_folder
from eqms.references.folder import remove_if_empty
from plone import api
from plone.base.interfaces import INonInstallable
from Products.GenericSetup.tool import SetupTool
from zope.annotation.interfaces import IAnnotations
from zope.interface import alsoProvides
from zope.interface import implementer
from zope.interface import noLongerProvides


BOTH = ("eqms_code", "eqms_document_state", "eqms_agency", "eqms_field", "eqms_in_force_from")
LISTED = ("eqms_belongs_to", "eqms_unit", "eqms_review_due")
INDEXES = (*BOTH, *LISTED, "eqms_codes", "eqms_decides", "eqms_desk", "eqms_cites", "eqms_findings")
COLUMNS = (
    *BOTH,
    *LISTED,
    "eqms_written_code",
    "eqms_number",
    "eqms_issued_on",
    "eqms_unconfirmed",
    "eqms_findings",
)
WORKFLOWS = ("eqms_document_workflow", "eqms_revision_workflow", "eqms_decision_workflow")
NOT_SEARCHED = ("DocumentRevision", "IssueDecision", "ProcedureRevision", "Unit")


@implementer(INonInstallable)
class HiddenProfiles:
    """Profiles that the add-ons panel does not offer."""

    def getNonInstallableProfiles(self) -> list[str]:
        """The uninstall profile is run by uninstalling."""
        return ["eqms:uninstall"]

    def getNonInstallableProducts(self) -> list[str]:
        """Upgrade steps are run by the panel itself."""
        return ["eqms.upgrades"]


def post_install(setup: SetupTool) -> None:
    """Have changes of roles noted and passwords kept; index what a site may hold already."""
    alsoProvides(api.portal.get(), IEqmsSite)
    install_witness()
    install_keeper()
    references_folder()
    catalog = api.portal.get_tool("portal_catalog")
    held = catalog.unrestrictedSearchResults(portal_type=controlled_types())
    if held:
        catalog.reindexIndex(list(INDEXES), None)
    for brain in held:
        documents_ledger.enter(brain._unrestrictedGetObject())


def pre_uninstall(setup: SetupTool) -> None:
    """Refuse while there are controlled documents: without their workflow anybody could write them.

    :raises ValueError: unless the registry record ``eqms.uninstall_with_content`` is true
    """
    catalog = api.portal.get_tool("portal_catalog")
    count = len(catalog.unrestrictedSearchResults(portal_type=controlled_types()))
    if count and not api.portal.get_registry_record(REMOVE_ANYWAY, default=False):
        raise ValueError(
            f"{count} controlled documents exist. Remove them, or set the registry record "
            f"{REMOVE_ANYWAY} to true if they may lose their protection."
        )


def post_uninstall(setup: SetupTool) -> None:
    """Remove workflows, indexes, columns and what is planned; the audit trail stays in the site."""
    remove_if_empty()
    for name in (
        schedule.ANNOTATION,
        ledger.ANNOTATION,
        documents_ledger.ANNOTATION,
        freezing.ANNOTATION,
        notices.ANNOTATION,
        staging.ANNOTATION,
    ):
        IAnnotations(api.portal.get()).pop(name, None)
    noLongerProvides(api.portal.get(), IEqmsSite)
    remove_witness()
    remove_keeper()
    storage.remove()
    workflows = api.portal.get_tool("portal_workflow")
    workflows.manage_delObjects([name for name in WORKFLOWS if name in workflows.objectIds()])
    left_out = api.portal.get_registry_record("plone.types_not_searched")
    api.portal.set_registry_record(
        "plone.types_not_searched", tuple(name for name in left_out if name not in NOT_SEARCHED)
    )
    catalog = api.portal.get_tool("portal_catalog")
    for name in INDEXES:
        if name in catalog.indexes():
            catalog.delIndex(name)
    for name in COLUMNS:
        if name in catalog.schema():
            catalog.delColumn(name)
