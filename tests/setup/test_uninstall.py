"""What uninstalling takes away, when it refuses, and what it never touches."""

from cast import issue
from cast import make_agency
from eqms.agencies.witness import WITNESS
from eqms.approval.authentication.onetime import offer
from eqms.approval.authentication.storage import ANNOTATION
from eqms.documents.content import register_of
from eqms.documents.errors import Conflict
from eqms.documents.ledger import pages
from eqms.documents.types import REMOVE_ANYWAY
from eqms.exchange.staging import storage as staging
from eqms.exchange.staging.storage import open_staging
from eqms.interfaces import IEqmsLayer
from eqms.interfaces import IEqmsSite
from eqms.setuphandlers import COLUMNS
from eqms.setuphandlers import INDEXES
from eqms.setuphandlers import WORKFLOWS
from eqms.trail import storage as trail
from plone import api
from plone.app.testing import applyProfile
from plone.dexterity.fti import DexterityFTI
from plone.registry import field
from plone.registry import Record
from zope.annotation.interfaces import IAnnotations
import pytest


TYPES = (
    "Agency",
    "Unit",
    "IssueDecision",
    "QualityManual",
    "QualityPolicy",
    "Procedure",
    "WorkInstruction",
    "ControlledForm",
    "DocumentRevision",
    "ProcedureRevision",
    "References",
    "LegalText",
    "AdministrativeProcedure",
    "TerritoryGroup",
)


class TestWithoutDocuments:
    @pytest.fixture(autouse=True)
    def uninstalled(self, portal, http_request, installer, package_name):
        agency = make_agency(portal)
        self.agency = agency.UID()
        open_staging(agency)
        offer("reviewer")
        installer.uninstall_product(package_name)

    def test_it_is_gone(self, installer, package_name):
        assert not installer.is_product_installed(package_name)

    def test_layer_types_and_workflows_are_gone(self, portal, browser_layers):
        assert IEqmsLayer not in browser_layers
        assert not IEqmsSite.providedBy(portal)
        assert WITNESS not in api.portal.get_tool("acl_users").objectIds()
        assert not set(TYPES) & set(api.portal.get_tool("portal_types").objectIds())
        assert not set(WORKFLOWS) & set(api.portal.get_tool("portal_workflow").objectIds())

    def test_indexes_and_columns_are_gone(self, portal):
        catalog = api.portal.get_tool("portal_catalog")
        assert not set(INDEXES) & set(catalog.indexes())
        assert not set(COLUMNS) & set(catalog.schema())

    def test_the_user_folder_and_the_menu_are_as_before(self, portal):
        users = api.portal.get_tool("acl_users").objectIds()
        assert [name for name in users if name.startswith("eqms_")] == []
        menu = api.portal.get_tool("portal_actions").user.objectIds()
        assert not {"my-tasks", "signing-code"} & set(menu)

    def test_what_signers_proved_themselves_with_is_forgotten(self, portal):
        assert ANNOTATION not in IAnnotations(portal)

    def test_files_that_waited_are_forgotten(self, portal):
        assert staging.ANNOTATION not in IAnnotations(portal)

    def test_settings_are_gone(self, portal):
        records = api.portal.get_tool("portal_registry").records
        assert [name for name in records if name.startswith("eqms.")] == []

    def test_searching_leaves_out_no_type_that_is_not_there(self, portal):
        left_out = api.portal.get_registry_record("plone.types_not_searched")
        assert not set(TYPES) & set(left_out)

    def test_the_trail_stays(self, portal):
        rows = trail.rows(self.agency)
        assert [row["action"] for row in rows][:1] == ["agency_added"]

    def test_the_site_still_works(self, portal):
        with api.env.adopt_roles(["Manager"]):
            page = api.content.create(portal, "Document", title="Trang")
        assert [brain.UID for brain in api.content.find(UID=page.UID())] == [page.UID()]

    def test_it_can_be_installed_again(self, portal, installer, package_name):
        applyProfile(portal, "eqms:default")
        assert installer.is_product_installed(package_name)
        assert make_agency(portal, "Sở Nội vụ", "SNV", {}).group_ids


class TestWithDocuments:
    def uninstall(self):
        setup = api.portal.get_tool("portal_setup")
        setup.runAllImportStepsFromProfile("profile-eqms:uninstall")

    def test_it_is_refused(self, document):
        with pytest.raises(ValueError, match="1 controlled document"):
            self.uninstall()
        assert set(WORKFLOWS) <= set(api.portal.get_tool("portal_workflow").objectIds())

    @pytest.mark.parametrize(
        "behavior", ["eqms.controlled_document", "eqms.documents.content.IControlledDocument"]
    )
    def test_documents_of_a_type_of_the_site_count_too(self, agency, behavior):
        fti = DexterityFTI(
            "quy_che",
            klass="plone.dexterity.content.Container",
            behaviors=behavior,
            add_permission="eqms.AddControlledDocument",
        )
        api.portal.get_tool("portal_types")._setObject("quy_che", fti)
        with api.env.adopt_user(username="author"):
            api.content.create(agency, "quy_che", title="Quy chế")
        with pytest.raises((ValueError, Conflict), match="1 controlled document"):
            self.uninstall()

    def test_unless_the_site_says_so_and_then_the_trail_stays(self, document):
        issue(document["rev-1"])
        uid = document.UID()
        rows = len(trail.rows(uid))
        records = api.portal.get_tool("portal_registry").records
        records[REMOVE_ANYWAY] = Record(field.Bool(), True)
        self.uninstall()
        assert "Procedure" not in api.portal.get_tool("portal_types").objectIds()
        assert len(trail.rows(uid)) == rows

    def test_lists_of_past_days_come_back_with_the_add_on(self, portal, document):
        issue(document["rev-1"])
        records = api.portal.get_tool("portal_registry").records
        records[REMOVE_ANYWAY] = Record(field.Bool(), True)
        self.uninstall()
        assert document.UID() not in pages()
        applyProfile(portal, "eqms:default")
        assert pages()[document.UID()].rows == register_of(document).intervals
