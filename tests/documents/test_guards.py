"""Past the role maps: whoever gets around them still writes nothing outside a draft (invariant 3).

Everything here is done with the role Manager and mostly by Python, where no role map asks. The
comment above a test names the guard that it is about.
"""

from AccessControl.PermissionRole import rolesForPermissionOn
from cast import acting
from cast import issue
from cast import PASSWORD
from eqms.approval import actions
from eqms.approval.record import record_of
from eqms.documents.elevation import elevated
from eqms.documents.elevation import is_elevated
from eqms.documents.errors import Conflict
from eqms.documents.snapshot import hash_of
from eqms.documents.workflow import fire
from eqms.domain.revisions import State
from eqms.domain.revisions import TRANSITIONS
from eqms.domain.route_plan import plan_of
from plone import api
from plone.app.textfield.value import RichTextValue
from plone.namedfile.file import NamedBlobFile
from Products.CMFCore.WorkflowCore import WorkflowException
from security.bypass import attach
from security.bypass import CLOSED
from security.bypass import in_state
from security.bypass import manager
from security.bypass import permit
from security.bypass import refused
from zExceptions import BadRequest
from zExceptions import Forbidden
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
import pytest
import transaction


INTERNAL = sorted(name for name, transition in TRANSITIONS.items() if transition.internal)


@pytest.fixture
def revision(document, request):
    """A revision in the state the test is given, in_review without one."""
    return in_state(document, getattr(request, "param", "in_review"))


each_closed_state = pytest.mark.parametrize("revision", CLOSED, indirect=True)


class TestSaving:
    # guards.refuse_if_altered in subscribers.revision_modified
    @each_closed_state
    def test_a_saved_field_is_refused(self, revision):
        with refused(revision):
            revision.title = "Sửa trộm"
            notify(ObjectModifiedEvent(revision))

    # guards.part_modified
    @each_closed_state
    def test_a_saved_attachment_is_refused(self, revision):
        with refused(revision):
            revision["kem"].file = NamedBlobFile(b"khac", "text/plain", "kem.txt")
            notify(ObjectModifiedEvent(revision["kem"]))

    # guards.part_moving, the new parent
    @each_closed_state
    def test_a_new_attachment_is_refused(self, revision):
        with refused(revision):
            permit(revision, "Add portal content", "plone.app.contenttypes: Add File")
            attach(revision, "moi")

    # guards.part_moving, the old parent
    @each_closed_state
    def test_removing_an_attachment_is_refused(self, revision):
        with refused(revision):
            permit(revision["kem"], "Delete objects")
            revision.manage_delObjects(["kem"])

    # guards.part_moving, within one revision
    def test_renaming_an_attachment_is_refused(self, revision):
        with refused(revision):
            permit(revision, "Add portal content", "plone.app.contenttypes: Add File")
            permit(revision["kem"], "Copy or Move")
            revision.manage_renameObject("kem", "khac")

    # guards.part_moving, across containers
    def test_an_attachment_is_not_moved_in_or_out(self, agency, revision):
        with manager():
            other = attach(agency, "ngoai")
        permit(revision, "Add portal content", "plone.app.contenttypes: Add File", "Delete objects")
        permit(revision["kem"], "Copy or Move", "Delete objects")
        with refused(revision):
            revision.manage_pasteObjects(agency.manage_cutObjects([other.getId()]))
        with refused(revision):
            agency.manage_pasteObjects(revision.manage_cutObjects(["kem"]))
        with refused(revision):
            revision.manage_pasteObjects(agency.manage_copyObjects([other.getId()]))

    # guards.part_moving: before it happens, not when the revision is found altered
    def test_no_attachment_comes_or_goes_even_for_a_moment(self, revision):
        permit(revision, "Add portal content", "plone.app.contenttypes: Add File")
        permit(revision["kem"], "Delete objects")
        with manager(), pytest.raises(Forbidden):
            revision.manage_delObjects(["kem"])
        assert revision.objectIds() == ["kem"]
        with manager(), pytest.raises(Forbidden):
            attach(revision, "moi")
        assert revision.objectIds() == ["kem"]

    # guards.refuse_if_altered: an event is no change yet
    @each_closed_state
    def test_an_event_without_a_change_passes_and_makes_no_author(self, revision):
        before = (revision.saved_by, hash_of(revision))
        with acting("second_author"):
            notify(ObjectModifiedEvent(revision))
            notify(ObjectModifiedEvent(revision["kem"]))
        assert (revision.saved_by, hash_of(revision)) == before

    # guards.refuse_if_altered: so a page that a revision links to can be removed
    def test_the_target_of_a_link_can_be_removed(self, portal, document):
        with manager():
            page = api.content.create(portal, "Document", title="Trang")
        draft = document["rev-1"]
        with acting("author"):
            link = f'<p><a href="resolveuid/{page.UID()}">xem</a></p>'
            draft.text = RichTextValue(link, "text/html", "text/x-html-safe")
            notify(ObjectModifiedEvent(draft))
        issue(draft)
        before = hash_of(draft)
        with manager():
            portal.manage_delObjects([page.getId()])
        assert (hash_of(draft), draft.saved_by) == (before, ("author",))

    # subscribers.revision_modified: the author set is who saved, by whatever channel
    def test_who_saves_a_draft_is_an_author(self, document):
        draft = document["rev-1"]
        with acting("second_author"):
            draft.title = "Tên khác"
            notify(ObjectModifiedEvent(draft))
        assert draft.saved_by == ("author", "second_author")

    # subscribers.document_modified: what readers get is not written on the document
    @pytest.mark.parametrize("name", ["title", "description"])
    def test_the_document_takes_no_content_of_its_own(self, document, name):
        issue(document["rev-1"])
        setattr(document, name, "Sửa trộm")
        with manager(), pytest.raises(BadRequest):
            notify(ObjectModifiedEvent(document))

    # subscribers.part_saved
    def test_who_touches_an_attachment_of_a_draft_is_an_author(self, document):
        draft = document["rev-1"]
        with acting("second_author"):
            attach(draft)
        assert draft.saved_by == ("author", "second_author")
        with acting("controller"):
            notify(ObjectModifiedEvent(draft["kem"]))
        assert draft.saved_by[-1] == "controller"
        with acting("author"):
            draft.saved_by = ()
            draft.manage_delObjects(["kem"])
        assert draft.saved_by == ("author",)


class TestPlace:
    """Whatever the role maps say, a revision stays where it is (invariant 8)."""

    @pytest.fixture
    def place(self, portal, agency, document, revision):
        """A submitted revision; a Manager got every permission that the role maps withhold."""
        for item in (portal, agency, document, revision):
            permit(item, "Delete objects", "Copy or Move", "Add portal content")
            permit(item, "eqms: Add revision", "eqms: Add controlled document")
        return revision

    # guards.revision_moving: was_submitted
    def test_neither_it_nor_what_contains_it_is_removed(self, portal, agency, document, place):
        for container, item in ((document, place), (agency, document), (portal, agency)):
            with refused(place):
                container.manage_delObjects([item.getId()])

    # guards.revision_moving: was_submitted
    def test_what_contains_it_is_not_renamed(self, portal, agency, document, place):
        for container, item in ((agency, document), (portal, agency)):
            with refused(place):
                container.manage_renameObject(item.getId(), "khac")

    @pytest.fixture
    def draft(self, document):
        """One that nobody was asked about yet; it may be removed, and that is all."""
        for item in (document, document["rev-1"]):
            permit(item, "Delete objects", "Copy or Move", "Add portal content")
            permit(item, "eqms: Add revision")
        return document["rev-1"]

    # guards.revision_moving: not even a draft
    def test_a_draft_is_not_renamed(self, document, draft):
        with refused(draft):
            document.manage_renameObject("rev-1", "rev-9")

    # guards.revision_moving: no copy, nothing that comes back from a recycle bin
    def test_none_is_added_beside_it(self, document, draft):
        with refused(draft):
            document._setObject("rev-9", draft._getCopy(document))
        with refused(draft):
            document.manage_pasteObjects(document.manage_copyObjects(["rev-1"]))

    # guards.document_moving, and guards.revision_moving behind it
    def test_its_document_is_not_copied(self, agency, document, place):
        with refused(place):
            agency._setObject("khac", document._getCopy(agency))


class TestPermissionsGivenAway:
    # guards.refuse_if_altered, behind permissions that a Manager changed in the ZMI
    def test_a_permission_on_the_revision_opens_nothing(
        self, live_document, request_factory, site_owner_name
    ):
        revision = live_document["rev-1"]
        with acting("author"):
            actions.transition(revision, "submit")
        for permission in ("Modify portal content", "Add portal content", "Delete objects"):
            revision.manage_permission(permission, ["Manager"], acquire=0)
        revision.manage_setLocalRoles("author", ["Manager", "Owner", "Editor"])
        transaction.commit()
        before = hash_of(revision)
        for session in (
            request_factory(role="Manager"),
            request_factory(basic_auth=("author", PASSWORD)),
        ):
            url = "/".join(revision.getPhysicalPath()[2:])
            assert session.patch(url, json={"title": "Sửa trộm"}).status_code == 403
            assert session.delete(url).status_code == 403
            assert session.post(url, json={"@type": "File", "title": "x"}).status_code in (400, 403)
        transaction.begin()
        assert hash_of(revision) == before

    # role maps of the workflow, all of them without acquisition
    def test_local_roles_on_a_revision_write_nothing(self, revision):
        roles = [role for role in revision.valid_roles() if role not in ("Anonymous", "Shared")]
        revision.manage_setLocalRoles("member", roles)
        with acting("member"):
            for permission in (
                "Modify portal content",
                "Add portal content",
                "plone.app.contenttypes: Add File",
                "Delete objects",
                "Copy or Move",
                "Change permissions",
                "Manage properties",
                "Sharing page: Delegate roles",
                "WebDAV Lock items",
                "eqms: Add revision",
                "eqms: Switch revision",
            ):
                assert not api.user.has_permission(permission, obj=revision), permission

    # rolemap.xml: no role holds them
    @pytest.mark.parametrize("permission", ["eqms: Add revision", "eqms: Switch revision"])
    def test_no_role_switches_or_adds_revisions(self, portal, agency, document, permission):
        for place in (portal, agency, document, document["rev-1"]):
            assert list(rolesForPermissionOn(permission, place)) == []

    # rolemap.xml: an undone transaction would leave no trace
    def test_no_role_undoes(self, portal, agency):
        for place in (portal, agency):
            assert list(rolesForPermissionOn("Undo changes", place)) == []


class TestTransitions:
    # guard of the transition in the workflow
    @pytest.mark.parametrize("role", ["Manager", "Site Administrator"])
    @pytest.mark.parametrize("transition", INTERNAL)
    def test_internal_ones_are_fired_by_no_role(self, document, transition, role):
        for state in TRANSITIONS[transition].sources:
            _put(document["rev-1"], state)
            with api.env.adopt_roles([role]), pytest.raises(WorkflowException):
                api.portal.get_tool("portal_workflow").doActionFor(document["rev-1"], transition)
            assert api.content.get_state(document["rev-1"]) == state

    # subscribers.before_transition: TRANSITIONS[...].internal
    @pytest.mark.parametrize("transition", INTERNAL)
    def test_nor_by_who_gave_himself_the_permission(self, portal, document, transition):
        portal.manage_permission("eqms: Switch revision", ["Manager"], acquire=0)
        for state in TRANSITIONS[transition].sources:
            _put(document["rev-1"], state)
            with manager(), pytest.raises(Forbidden):
                api.portal.get_tool("portal_workflow").doActionFor(document["rev-1"], transition)

    # subscribers.before_document_transition
    def test_nor_is_a_document_opened_by_hand(self, portal, document):
        tool = api.portal.get_tool("portal_workflow")
        with manager(), pytest.raises(WorkflowException):
            tool.doActionFor(document, "open_to_public")
        portal.manage_permission("eqms: Switch revision", ["Manager"], acquire=0)
        with manager(), pytest.raises(Forbidden):
            tool.doActionFor(document, "open_to_public")

    # subscribers.before_transition: the hash
    @pytest.mark.parametrize("transition", ["reject", "recall"])
    def test_altered_content_goes_no_further(self, revision, transition):
        revision.__dict__["title"] = "Sửa lén trong cơ sở dữ liệu"
        with acting("reviewer" if transition == "reject" else "author"), pytest.raises(Conflict):
            actions.transition(revision, transition, "lý do")
        with acting("reviewer"), pytest.raises(Conflict):
            actions.sign(revision, "review", PASSWORD)
        with pytest.raises(Conflict):
            fire(revision, "confirm_review")

    # signing.check: the hash, where the signature is not the last one of its step
    def test_altered_content_is_not_signed(self, document):
        draft = document["rev-1"]
        members = ["person:reviewer", "person:member"]
        document._route_plan = plan_of(
            {
                "steps": [
                    {"phase": "review", "members": members, "need": "all"},
                    {"phase": "approval", "members": ["function:approvers"]},
                ]
            }
        )
        with acting("author"):
            actions.transition(draft, "submit")
        draft.__dict__["title"] = "Sửa lén trong cơ sở dữ liệu"
        with acting("reviewer"), pytest.raises(Conflict):
            actions.sign(draft, "review", PASSWORD)
        assert record_of(draft).signatures == ()

    # snapshot.content: children and their bytes
    def test_an_altered_attachment_is_noticed(self, revision):
        before = hash_of(revision)
        revision["kem"].file = NamedBlobFile(b"khac", "text/plain", "kem.txt")
        assert hash_of(revision) != before
        with acting("reviewer"), pytest.raises(Conflict):
            actions.sign(revision, "review", PASSWORD)

    # elevation.elevated
    def test_elevation_ends_with_its_block_and_keeps_the_name(self, document):
        with acting("author"):
            with pytest.raises(RuntimeError), elevated():
                assert is_elevated()
                assert api.user.get_current().getId() == "author"
                raise RuntimeError
            assert not is_elevated()
            assert not api.user.has_permission("eqms: Switch revision", obj=document)


def _put(revision, state):
    """Set a state as nobody can: to have one from which a transition leaves."""
    tool = api.portal.get_tool("portal_workflow")
    workflow = tool["eqms_revision_workflow"]
    status = dict(tool.getStatusOf("eqms_revision_workflow", revision), review_state=state)
    tool.setStatusOf("eqms_revision_workflow", revision, status)
    workflow.updateRoleMappingsFor(revision)
    revision.content_hash = None if State(state) is State.DRAFT else hash_of(revision)
