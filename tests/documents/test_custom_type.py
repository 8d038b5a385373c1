"""A type made in the control panel is controlled like those that come with the add-on."""

from cast import acting
from cast import issue
from cast import PASSWORD
from eqms.approval import actions
from eqms.documents.content import IControlledDocument
from eqms.documents.content import IRevision
from eqms.documents.content import register_of
from eqms.documents.drafting import revise
from eqms.documents.errors import Conflict
from eqms.documents.snapshot import hash_of
from eqms.trail import storage as trail
from plone import api
from plone.app.testing import applyProfile
from plone.dexterity.fti import DexterityFTI
from Products.CMFCore.WorkflowCore import WorkflowException
from zExceptions import BadRequest
from zExceptions import Forbidden
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
import pytest
import transaction


TYPE = "quy_che"
PLONE_DEFAULTS = (
    "plone.dublincore",
    "plone.namefromtitle",
    "plone.shortname",
    "plone.excludefromnavigation",
    "plone.allowdiscussion",
)


def make_type(behaviors, name=TYPE, **properties):
    """Make a type as the control panel does."""
    fti = DexterityFTI(
        name,
        title="Quy chế",
        klass="plone.dexterity.content.Container",
        global_allow=True,
        model_source=(
            '<model xmlns="http://namespaces.plone.org/supermodel/schema"><schema/></model>'
        ),
        behaviors="\n".join(behaviors),
        add_permission="eqms.AddControlledDocument",
        **properties,
    )
    api.portal.get_tool("portal_types")._setObject(name, fti)
    return api.portal.get_tool("portal_types")[name]


@pytest.fixture(params=["eqms.controlled_document", "eqms.documents.content.IControlledDocument"])
def fti(agency, request):
    """The type, with the behavior under each of its names."""
    return make_type((request.param, *PLONE_DEFAULTS))


@pytest.fixture
def regulation(agency, fti):
    with acting("author"):
        return api.content.create(agency, TYPE, title="Quy chế làm việc", code="QC 01")


class TestControlled:
    def test_it_has_chain_register_code_and_first_draft(self, regulation):
        tool = api.portal.get_tool("portal_workflow")
        draft = regulation["rev-1"]
        assert IControlledDocument.providedBy(regulation)
        assert tool.getChainFor(regulation) == ("eqms_document_workflow",)
        assert tool.getChainFor(draft) == ("eqms_revision_workflow",)
        assert api.content.get_state(regulation) == "hidden"
        assert (draft.title, draft.portal_type) == ("Quy chế làm việc", "DocumentRevision")
        assert [entry.id for entry in register_of(regulation).entries] == ["rev-1"]
        assert [row["action"] for row in trail.rows(regulation.UID())] == [
            "document_added",
            "draft_opened",
        ]

    def test_it_goes_the_whole_way(self, regulation):
        old = issue(regulation["rev-1"])
        with acting("author"):
            draft = revise(regulation)
            draft.amendments = [{"number": "01/01", "summary": "Sửa", "ground": "Luật"}]
            notify(ObjectModifiedEvent(draft))
        issue(draft)
        assert (api.content.get_state(old), api.content.get_state(draft)) == (
            "superseded",
            "in_force",
        )

    def test_the_catalog_knows_it(self, regulation):
        issue(regulation["rev-1"])
        [brain] = api.content.find(UID=regulation.UID())
        assert brain.eqms_document_state == "in_force"
        assert brain.eqms_number == "01/00"
        assert brain.eqms_agency == regulation.__parent__.UID()
        found = api.portal.get_tool("portal_catalog").unrestrictedSearchResults(eqms_code="qc 01")
        assert [item.UID for item in found] == [regulation.UID()]

    def test_codes_are_one_scope_with_the_other_types(self, agency, regulation):
        with acting("author"), pytest.raises(BadRequest):
            api.content.create(agency, "QualityManual", title="Sổ tay", code="qc 01")

    def test_it_is_guarded(self, agency, regulation):
        draft = regulation["rev-1"]
        with acting("author"):
            actions.transition(draft, "submit")
        savepoint = transaction.savepoint()
        with api.env.adopt_roles(["Manager"]):
            with pytest.raises(Forbidden):
                agency.manage_delObjects([regulation.getId()])
            with pytest.raises(Forbidden):
                draft.title = "Sửa trộm"
                notify(ObjectModifiedEvent(draft))
            savepoint.rollback()
            with pytest.raises(WorkflowException):
                tool = api.portal.get_tool("portal_workflow")
                tool.doActionFor(regulation, "open_to_public")

    def test_outside_an_agency_it_is_refused(self, portal, fti, http_request):
        portal.manage_permission("eqms: Add controlled document", ["Manager"])
        with api.env.adopt_roles(["Manager"]), pytest.raises(Forbidden):
            api.content.create(portal, TYPE, title="Quy chế")

    # subscribers.document_modified: what a document copies from its revision
    @pytest.mark.parametrize("name", ["title", "description"])
    def test_what_readers_get_is_not_changed_on_the_document(self, regulation, name):
        issue(regulation["rev-1"])
        with acting("author"), pytest.raises(BadRequest):
            setattr(regulation, name, "Sửa trộm")
            notify(ObjectModifiedEvent(regulation))

    def test_a_local_workflow_policy_changes_nothing(self, portal, agency, regulation):
        applyProfile(portal, "Products.CMFPlacefulWorkflow:CMFPlacefulWorkflow")
        policies = portal.portal_placeful_workflow
        policies.manage_addWorkflowPolicy("tha-noi", "default_workflow_policy (Simple Policy)")
        policies["tha-noi"].setDefaultChain(("simple_publication_workflow",))
        for name in (TYPE, "DocumentRevision"):
            policies["tha-noi"].setChain(name, ("simple_publication_workflow",))
        agency.manage_addProduct["CMFPlacefulWorkflow"].manage_addWorkflowPolicyConfig()
        config = policies.getWorkflowPolicyConfig(agency)
        config.setPolicyIn("tha-noi", update_security=True)
        config.setPolicyBelow("tha-noi", update_security=True)
        tool = api.portal.get_tool("portal_workflow")
        with api.env.adopt_roles(["Manager"]):
            folder = api.content.create(agency, "Folder", title="Thư mục")
        assert tool.getChainFor(folder) == ("simple_publication_workflow",)
        assert tool.getChainFor(regulation) == ("eqms_document_workflow",)
        assert tool.getChainFor(regulation["rev-1"]) == ("eqms_revision_workflow",)

    def test_nor_does_the_chain_of_the_type(self, regulation):
        tool = api.portal.get_tool("portal_workflow")
        for name in (TYPE, "DocumentRevision"):
            tool.setChainForPortalTypes([name], ())
        assert tool.getChainFor(regulation) == ("eqms_document_workflow",)
        assert tool.getChainFor(regulation["rev-1"]) == ("eqms_revision_workflow",)


class TestRest:
    def test_it_is_added_and_read_as_the_others(self, live_agency, request_factory):
        make_type(("eqms.controlled_document", *PLONE_DEFAULTS))
        transaction.commit()
        session = request_factory(basic_auth=("author", PASSWORD))
        body = {"@type": TYPE, "code": "QC 01", "revision": {"title": "Quy chế", "issue_no": 3}}
        answer = session.post("so-tu-phap", json=body)
        assert answer.status_code == 201
        url = answer.json()["@id"]
        assert session.patch(url, json={"title": "Khác"}).status_code == 400
        transaction.begin()
        document = live_agency[answer.json()["id"]]
        issue(document["rev-1"])
        transaction.commit()
        read = request_factory().get(url).json()
        assert read["revision_in_force"]["number"] == "03/00"
        assert (read["title"], read["document_state"]) == ("Quy chế", "in_force")


class TestTypeInUse:
    # types.type_modified
    @pytest.mark.parametrize(
        ("name", "behavior"),
        [
            (TYPE, "eqms.controlled_document"),
            (TYPE, "eqms.documents.content.IControlledDocument"),
            ("DocumentRevision", "eqms.revision"),
        ],
    )
    def test_its_behavior_stays_while_there_is_content(self, agency, name, behavior):
        own = behavior if name == TYPE else "eqms.controlled_document"
        make_type((own, *PLONE_DEFAULTS))
        with acting("author"):
            document = api.content.create(agency, TYPE, title="Quy chế", code="QC 01")
        fti = api.portal.get_tool("portal_types")[name]
        savepoint = transaction.savepoint()
        with api.env.adopt_roles(["Manager"]), pytest.raises(Conflict, match=name):
            kept = tuple(item for item in fti.behaviors if item != behavior)
            fti.manage_changeProperties(behaviors="\n".join(kept))
        savepoint.rollback()
        assert behavior in fti.behaviors
        assert IControlledDocument.providedBy(document)
        assert IRevision.providedBy(document["rev-1"])

    # types.type_modified asks for the behavior, not for one of its names
    def test_it_may_be_given_under_its_other_name(self, fti, regulation):
        names = {"eqms.controlled_document", "eqms.documents.content.IControlledDocument"}
        [own] = names & set(fti.behaviors)
        [other] = names - {own}
        fti.manage_changeProperties(behaviors="\n".join((other, *PLONE_DEFAULTS)))
        assert IControlledDocument.providedBy(regulation)

    # types.type_moving
    @pytest.mark.parametrize("name", [TYPE, "DocumentRevision"])
    def test_it_is_neither_removed_nor_renamed(self, regulation, name):
        tool = api.portal.get_tool("portal_types")
        savepoint = transaction.savepoint()
        with api.env.adopt_roles(["Manager"]):
            with pytest.raises(Conflict, match=name):
                tool.manage_delObjects([name])
            with pytest.raises(Conflict, match=name):
                tool.manage_renameObject(name, "khac")
        savepoint.rollback()
        assert IControlledDocument.providedBy(regulation)

    def test_other_changes_are_free(self, fti, regulation):
        fti.manage_changeProperties(title="Quy chế nội bộ", global_allow=False)
        fti.manage_changeProperties(behaviors="\n".join(fti.behaviors[:1]))
        assert fti.behaviors == fti.behaviors[:1]

    def test_without_content_it_is_free_too(self, fti):
        tool = api.portal.get_tool("portal_types")
        fti.manage_changeProperties(behaviors="plone.dublincore")
        tool.manage_delObjects([TYPE])
        assert TYPE not in tool.objectIds()

    def test_a_site_may_say_that_its_documents_go(self, fti, regulation):
        registry = api.portal.get_tool("portal_registry")
        from plone.registry import field
        from plone.registry import Record

        registry.records["eqms.uninstall_with_content"] = Record(field.Bool(), True)
        api.portal.get_tool("portal_types").manage_delObjects([TYPE])

    def test_types_of_the_site_are_nobodys_business(self, portal, http_request):
        tool = api.portal.get_tool("portal_types")
        tool["Document"].manage_changeProperties(behaviors="plone.dublincore")
        tool.manage_delObjects(["News Item"])
        assert "News Item" not in tool.objectIds()


class TestSchema:
    # snapshot.content: a field that says nothing is no content
    def test_a_field_added_to_revisions_leaves_signed_content_as_it_is(self, document):
        old = issue(document["rev-1"])
        before = hash_of(old)
        fti = api.portal.get_tool("portal_types")["ProcedureRevision"]
        fti.manage_changeProperties(behaviors="\n".join((*fti.behaviors, "plone.leadimage")))
        assert hash_of(old) == before == old.content_hash
