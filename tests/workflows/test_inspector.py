"""The inspector on a real site: stock workflows, ours, and one that is broken on purpose."""

from cast import add_document
from cast import PASSWORD
from eqms.domain.workflow_checks import Severity
from eqms.workflows import drawing
from eqms.workflows.inspection import Inspection
from html import escape
from lxml import etree
from plone import api
from Products.DCWorkflow.DCWorkflow import DCWorkflowDefinition
from zExceptions import NotFound
import pytest
import transaction


OURS = ("eqms_decision_workflow", "eqms_document_workflow", "eqms_revision_workflow")
STOCK = (
    "folder_workflow",
    "intranet_folder_workflow",
    "intranet_workflow",
    "one_state_workflow",
    "plone_workflow",
    "simple_publication_workflow",
)
SVG = "{http://www.w3.org/2000/svg}"
SCRIPT = "<script>alert(1)</script> & co"


def add_broken_workflow(title="Hỏng"):
    """A workflow with a transition to nowhere, a lost state and a role that nobody knows."""
    tool = api.portal.get_tool("portal_workflow")
    tool._setObject("broken", DCWorkflowDefinition("broken"))
    workflow = tool["broken"]
    workflow.title = title
    workflow.permissions = ("Modify portal content", "View")
    for name in ("start", "lost"):
        workflow.states.addState(name)
    for name, target in (("go", "nowhere"), ("stay", "")):
        workflow.transitions.addTransition(name)
        workflow.transitions[name].new_state_id = target
    start = workflow.states["start"]
    start.title = title
    start.transitions = ("go", "stay", "gone")
    start.setPermission("View", False, ("Scribe",))
    workflow.transitions["go"].title = title
    workflow.initial_state = "start"
    return workflow


class TestFindings:
    @pytest.fixture
    def inspection(self, document):
        return Inspection()

    @pytest.mark.parametrize("name", OURS + STOCK)
    def test_there_is_no_error_in_what_is_delivered(self, inspection, name):
        assert [
            finding for finding in inspection[name].findings if finding.severity is Severity.ERROR
        ] == []

    def test_every_type_has_its_workflow(self, inspection):
        assert inspection.findings == []
        assert inspection["eqms_document_workflow"].workflow.types == (
            "ControlledForm",
            "Procedure",
            "QualityManual",
            "QualityPolicy",
            "WorkInstruction",
        )

    def test_content_is_counted_by_state(self, inspection):
        assert inspection["eqms_revision_workflow"].workflow.content == {"draft": 1}

    def test_the_life_cycle_has_one_end_and_no_writing_but_in_a_draft(self, inspection):
        found = {(item.id, item.subject) for item in inspection["eqms_revision_workflow"].findings}
        assert not {name for name, _ in found} & {"state_without_exit", "write_after_start"}
        assert ("permission_acquired", "in_force") in found

    def test_the_switch_is_left_to_the_software(self, inspection):
        inspected = inspection["eqms_revision_workflow"]
        internal = {
            item.id for item in inspected.workflow.transitions if inspected.is_internal(item)
        }
        assert internal >= {"make_in_force", "supersede", "retire"}
        assert not internal & {"submit", "reject", "recall", "withdraw"}

    def test_who_may_return_a_revision(self, inspection):
        inspected = inspection["eqms_revision_workflow"]
        workflow = inspected.workflow
        roles = inspected.who(workflow.state("in_review"), workflow.transition("reject"))
        assert roles == ["Document Approver", "Document Reviewer", "Route Member"]

    def test_roles_given_on_the_folder_of_an_agency_count(self, inspection):
        without = {
            item.subject
            for item in inspection["eqms_revision_workflow"].findings
            if item.id.startswith("role_")
        }
        assert "QMS Auditor" in without
        assert not {"Document Author", "Document Reviewer", "Manager", "Owner"} & without

    def test_roles_given_to_a_person_count(self, document):
        api.user.grant_roles(username="member", roles=["QMS Auditor"])
        subjects = {item.subject for item in Inspection()["eqms_revision_workflow"].findings}
        assert "QMS Auditor" not in subjects

    def test_a_broken_workflow_is_found(self, document):
        add_broken_workflow()
        found = {(item.id, item.subject) for item in Inspection()["broken"].findings}
        assert found >= {
            ("transition_to_nowhere", "go"),
            ("exit_unknown", "start"),
            ("state_unreachable", "lost"),
            ("role_unknown", "Scribe"),
            ("guard_open", "go"),
            ("permission_unset", "start"),
        }

    def test_content_in_a_state_that_was_taken_away(self, document):
        workflow = api.portal.get_tool("portal_workflow")["eqms_revision_workflow"]
        workflow.states.deleteStates(["draft"])
        (finding,) = (
            item
            for item in Inspection()["eqms_revision_workflow"].findings
            if item.id == "content_stranded"
        )
        assert (finding.subject, finding.details["count"]) == ("draft", "1")

    def test_a_type_bound_to_nothing(self, document):
        tool = api.portal.get_tool("portal_workflow")
        tool.setChainForPortalTypes(["Link"], ("gone",), verify=False)
        (finding,) = Inspection().findings
        assert (finding.subject, finding.details["workflow"]) == ("Link", "gone")

    def test_a_workflow_that_is_not_there(self, inspection):
        with pytest.raises(NotFound):
            inspection["gone"]


class TestDrawing:
    @pytest.mark.parametrize("name", OURS + STOCK)
    def test_every_state_and_step_is_in_the_picture_and_in_words(self, portal, http_request, name):
        inspected = Inspection()[name]
        root = etree.fromstring(drawing.svg(inspected.workflow, inspected.site))
        drawn = [
            " ".join(line.text for line in text.iter(f"{SVG}tspan"))
            for text in root.iter(f"{SVG}text")
        ]
        words = root.findtext(f"{SVG}desc")
        for item in (*inspected.workflow.states, *inspected.workflow.transitions):
            assert item.title in drawn
            assert item.title in words
        assert root.findtext(f"{SVG}title") == inspected.workflow.title
        assert root.get("role") == "img"

    def test_titles_are_text_and_never_markup(self, portal, http_request):
        add_broken_workflow(SCRIPT)
        inspected = Inspection()["broken"]
        picture = drawing.svg(inspected.workflow, inspected.site)
        assert "<script" not in picture
        assert etree.fromstring(picture).findtext(f"{SVG}title") == SCRIPT

    def test_a_workflow_without_states_has_a_picture_too(self, portal, http_request):
        api.portal.get_tool("portal_workflow")._setObject("empty", DCWorkflowDefinition("empty"))
        inspected = Inspection()["empty"]
        assert etree.fromstring(drawing.svg(inspected.workflow, inspected.site)).tag


class TestPagesAndRest:
    PAGE = "@@workflow-inspector"
    REST = "@workflow-inspector"

    @pytest.fixture(autouse=True)
    def site(self, live_agency, request_factory):
        add_document(live_agency)
        add_broken_workflow(SCRIPT)
        transaction.commit()
        self.request_factory = request_factory

    def get(self, path, api=False, **who):
        return self.request_factory(api=api, **who).get(path, allow_redirects=False)

    def test_the_list_links_to_each_workflow(self):
        page = self.get(self.PAGE, role="Manager")
        assert page.status_code == 200
        for name in OURS + STOCK:
            assert f"/@@workflow-inspector/{name}" in page.text

    def test_the_page_of_a_workflow(self):
        page = self.get(f"{self.PAGE}/eqms_revision_workflow", role="Manager").text
        assert "<svg" in page
        assert "eqms: Switch revision" in page
        assert 'id="state-in_force"' in page

    def test_the_page_of_a_broken_one_shows_titles_as_text(self):
        for address in (self.PAGE, f"{self.PAGE}/broken"):
            page = self.get(address, role="Manager").text
            assert "<script>alert" not in page
            assert escape(SCRIPT, quote=False) in page

    @pytest.mark.parametrize("path", ["gone", "broken/more"])
    def test_what_is_not_there(self, path):
        assert self.get(f"{self.PAGE}/{path}", role="Manager").status_code == 404
        assert self.get(f"{self.REST}/{path}", api=True, role="Manager").status_code == 404

    def test_rest_lists_all(self):
        answer = self.get(self.REST, api=True, role="Manager").json()
        assert {item["id"] for item in answer["items"]} == {*OURS, *STOCK, "broken"}
        assert answer["items_total"] == len(answer["items"])
        assert answer["findings"] == []

    def test_rest_gives_one_whole(self):
        answer = self.get(f"{self.REST}/broken", api=True, role="Manager").json()
        assert answer["initial_state"] == "start"
        assert {state["id"] for state in answer["states"]} == {"start", "lost"}
        finding = next(item for item in answer["findings"] if item["id"] == "role_unknown")
        assert finding["subject"] == "Scribe"
        assert finding["severity"] == "error"
        assert finding["message"]
        stay = next(item for item in answer["transitions"] if item["id"] == "stay")
        assert stay["target"] is None
        assert etree.fromstring(answer["svg"]).tag == f"{SVG}svg"

    @pytest.mark.parametrize("path", ["", "/eqms_revision_workflow"])
    def test_others_are_refused(self, path):
        assert self.get(self.PAGE + path).status_code == 401
        assert self.get(self.REST + path, api=True).status_code == 401
        for person in ("author", "controller", "member"):
            who = {"basic_auth": (person, PASSWORD)}
            assert self.get(self.PAGE + path, **who).status_code == 401
            assert self.get(self.REST + path, api=True, **who).status_code == 401

    def test_an_auditor_may_look(self):
        api.user.grant_roles(username="member", roles=["QMS Auditor"])
        transaction.commit()
        assert self.get(self.PAGE, basic_auth=("member", PASSWORD)).status_code == 200

    def test_it_is_found_in_the_site_setup(self):
        assert self.PAGE in self.get("@@overview-controlpanel", role="Manager").text
