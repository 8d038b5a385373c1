"""What installing puts into a site."""

from AccessControl.PermissionRole import rolesForPermissionOn
from eqms.documents.content import ControlledDocument
from eqms.documents.content import DocumentRevision
from eqms.interfaces import IEqmsLayer
from eqms.setuphandlers import COLUMNS
from eqms.setuphandlers import INDEXES
from eqms.setuphandlers import WORKFLOWS
from plone import api
from plone.app.testing import applyProfile
from plone.dexterity.utils import resolveDottedName
import pytest


PROFILE = "eqms:default"

DOCUMENTS = ("QualityManual", "QualityPolicy", "Procedure", "WorkInstruction", "ControlledForm")
REVISIONS = ("DocumentRevision", "ProcedureRevision")
REFERENCES = ("References", "LegalText", "AdministrativeProcedure", "TerritoryGroup")

TYPES = {
    "Agency": ("eqms.AddAgency", True),
    "Unit": ("eqms.AddUnit", True),
    **dict.fromkeys(DOCUMENTS, ("eqms.AddControlledDocument", True)),
    **dict.fromkeys(REVISIONS, ("eqms.AddRevision", False)),
    **dict.fromkeys(REFERENCES, ("eqms.ManageReferences", False)),
}
"""Type -> permission to add it, and whether it is offered where it is allowed."""

ROLES = (
    "Document Author",
    "Document Reviewer",
    "Document Approver",
    "Document Controller",
    "Programme Officer",
    "QMS Auditor",
)

HELD_BY = {
    "eqms: Add agency": {"Manager", "Programme Officer", "Site Administrator"},
    "eqms: Add unit": set(),
    "eqms: Add controlled document": set(),
    "eqms: Add revision": set(),
    "eqms: Switch revision": set(),
    "eqms: Migrate documents": set(),
    "eqms: Draft revision": {"Document Author", "Document Controller", "Manager"},
    "eqms: Review revision": {"Document Reviewer", "Route Member"},
    "eqms: Approve revision": {"Document Approver"},
    "eqms: Open migration window": {"Manager", "Programme Officer", "Site Administrator"},
    "Undo changes": set(),
}
"""Permission -> roles that hold it in the whole site; the empty ones are given nowhere, or on an
agency folder only."""

SITE_VALUES = {
    "eqms.agencies.blocks": {"rieng": "Khối riêng"},
    "eqms.documents.fields": {"RIENG": "Lĩnh vực riêng"},
    "eqms.documents.levels": {"RIENG": "Cấp riêng"},
    "eqms.documents.retention_classes": {"permanent": "Vĩnh viễn", "years-70": "70 năm"},
    "eqms.documents.code_patterns": {"Procedure": "Q.{seq:03}"},
}


def test_the_profile_has_its_version(installer, setup_tool, package_name):
    assert installer.is_product_installed(package_name)
    version = setup_tool.getVersionForProfile(PROFILE)
    assert setup_tool.getLastVersionForProfile(PROFILE) == (version,)


@pytest.mark.parametrize(
    "dependency",
    [
        "plone.app.dexterity:default",
        "plone.app.contenttypes:default",
        "plone.restapi:default",
        "collective.z3cform.datagridfield:default",
    ],
)
def test_what_it_needs_is_installed_with_it(setup_tool, dependency):
    assert f"profile-{dependency}" in setup_tool.getDependenciesForProfile(PROFILE)
    assert setup_tool.getLastVersionForProfile(dependency) != "unknown"


def test_the_layer_is_there(browser_layers):
    assert IEqmsLayer in browser_layers


@pytest.mark.parametrize("name", TYPES)
def test_types(portal, get_fti, name):
    fti = get_fti(name)
    assert (fti.add_permission, fti.global_allow) == TYPES[name]
    assert resolveDottedName(fti.klass)
    assert not fti.allow_discussion


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_hold_revisions_and_nothing_else(portal, get_fti, name):
    fti = get_fti(name)
    assert "eqms.controlled_document" in fti.behaviors
    assert fti.filter_content_types
    assert set(fti.allowed_content_types) <= set(REVISIONS)
    assert resolveDottedName(fti.klass) is ControlledDocument


@pytest.mark.parametrize("name", REVISIONS)
def test_revisions_hold_files_and_images(portal, get_fti, name):
    fti = get_fti(name)
    assert "eqms.revision" in fti.behaviors
    assert set(fti.allowed_content_types) == {"File", "Image"}
    assert resolveDottedName(fti.klass) is DocumentRevision


@pytest.mark.parametrize("name", [*DOCUMENTS, *REVISIONS])
@pytest.mark.parametrize(
    "behavior",
    ["plone.publication", "plone.ownership", "plone.dublincore", "plone.versioning", "plone.basic"],
)
def test_no_behavior_lets_an_editor_set_dates_or_authors(portal, get_fti, name, behavior):
    assert behavior not in get_fti(name).behaviors


@pytest.mark.parametrize("role", ROLES)
def test_roles(portal, role):
    assert role in portal.valid_roles()


@pytest.mark.parametrize("permission", HELD_BY)
def test_who_holds_what(portal, permission):
    assert set(rolesForPermissionOn(permission, portal)) == HELD_BY[permission]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_chain_of_documents(portal, name):
    tool = api.portal.get_tool("portal_workflow")
    assert tool.getChainForPortalType(name) == ("eqms_document_workflow",)


@pytest.mark.parametrize("name", REVISIONS)
def test_chain_of_revisions(portal, name):
    tool = api.portal.get_tool("portal_workflow")
    assert tool.getChainForPortalType(name) == ("eqms_revision_workflow",)


@pytest.mark.parametrize("name", ["Agency", "Unit"])
def test_agencies_have_no_workflow(portal, name):
    assert api.portal.get_tool("portal_workflow").getChainForPortalType(name) == ()


def test_indexes_columns_and_workflows_are_those_that_uninstalling_knows(portal):
    catalog = api.portal.get_tool("portal_catalog")
    assert {name for name in catalog.indexes() if name.startswith("eqms_")} == set(INDEXES)
    assert {name for name in catalog.schema() if name.startswith("eqms_")} == set(COLUMNS)
    workflows = api.portal.get_tool("portal_workflow").objectIds()
    assert {name for name in workflows if name.startswith("eqms_")} == set(WORKFLOWS)


def test_readers_search_documents_not_revisions(portal):
    left_out = api.portal.get_registry_record("plone.types_not_searched")
    assert {"DocumentRevision", "ProcedureRevision"} <= set(left_out)
    assert not set(DOCUMENTS) & set(left_out)


@pytest.mark.parametrize("record", SITE_VALUES)
def test_installing_again_keeps_what_the_site_has_set(portal, record):
    api.portal.set_registry_record(record, SITE_VALUES[record])
    applyProfile(portal, PROFILE)
    kept = api.portal.get_registry_record(record)
    assert kept.items() >= SITE_VALUES[record].items()


def test_installing_again_keeps_documents_and_their_states(document):
    from cast import issue

    issue(document["rev-1"])
    applyProfile(api.portal.get(), PROFILE)
    assert api.content.get_state(document["rev-1"]) == "in_force"
    assert api.content.get_state(document) == "public"
    [brain] = api.content.find(UID=document.UID())
    assert brain.eqms_document_state == "in_force"
