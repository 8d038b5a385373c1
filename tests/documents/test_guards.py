"""Past the role maps: whoever gets around them still writes nothing outside a draft (invariant 3).

Everything here is done with the role Manager and mostly by Python, where no role map asks. The
comment above a test names the guard that it is about.
"""

from AccessControl import Unauthorized
from AccessControl.PermissionRole import rolesForPermissionOn
from cast import acting
from cast import add_document
from cast import issue
from cast import make_agency
from cast import PASSWORD
from contextlib import contextmanager
from eqms.approval import actions
from eqms.documents.content import register_of
from eqms.documents.drafting import revise
from eqms.documents.elevation import elevated
from eqms.documents.elevation import is_elevated
from eqms.documents.errors import Conflict
from eqms.documents.snapshot import hash_of
from eqms.documents.workflow import fire
from eqms.domain.revisions import State
from eqms.domain.revisions import TRANSITIONS
from eqms.trail import storage as trail
from io import BytesIO
from plone import api
from plone.app.textfield.value import RichTextValue
from plone.dexterity.utils import createContentInContainer
from plone.namedfile.file import NamedBlobFile
from Products.CMFCore.WorkflowCore import WorkflowException
from zExceptions import Forbidden
from zope.annotation.interfaces import IAnnotations
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
import pytest
import transaction


CLOSED = ("in_review", "in_approval", "approved", "in_force", "superseded", "withdrawn")
NOT_ADDED = (Forbidden, Unauthorized, ValueError)
INTERNAL = sorted(name for name, transition in TRANSITIONS.items() if transition.internal)


@contextmanager
def manager():
    with api.env.adopt_roles(["Manager"]):
        yield


def attach(container, name="kem"):
    """Add a file as a person would by Python; no permission is asked."""
    upload = NamedBlobFile(b"noi dung", "text/plain", "kem.txt")
    return api.content.create(container, "File", id=name, title="Kèm", file=upload)


def in_state(document, state):
    """The first revision of a document, with an attachment, brought to a state."""
    revision = document["rev-1"]
    with acting("author"):
        attach(revision)
        if state == "withdrawn":
            actions.transition(revision, "withdraw", "bỏ")
            return revision
        if state in ("in_force", "superseded"):
            issue(revision)
        if state == "superseded":
            successor = revise(document)
            successor.amendments = [{"number": "01/01", "summary": "Sửa", "ground": "Luật"}]
            issue(successor)
        if state in ("in_review", "in_approval", "approved"):
            actions.transition(revision, "submit")
    if state in ("in_approval", "approved"):
        with acting("reviewer"):
            actions.sign(revision, "review", PASSWORD)
    if state == "approved":
        fire(revision, "approve")
    return revision


@pytest.fixture
def revision(document, request):
    """A revision in the state the test is given, in_review without one."""
    return in_state(document, getattr(request, "param", "in_review"))


each_closed_state = pytest.mark.parametrize("revision", CLOSED, indirect=True)


@contextmanager
def refused(revision, kind=Forbidden):
    """The block is refused; whatever it did before the refusal is taken back with it."""
    document = revision.__parent__
    rows = len(trail.rows(document.UID()))
    before = (hash_of(revision), revision.saved_by, register_of(document).entries)
    savepoint = transaction.savepoint()
    with manager(), pytest.raises(kind):
        yield
    savepoint.rollback()
    assert (hash_of(revision), revision.saved_by, register_of(document).entries) == before
    assert len(trail.rows(document.UID())) == rows


def permit(item, *permissions):
    """Give a Manager permissions that the role maps keep from everybody."""
    for permission in permissions:
        item.manage_permission(permission, ["Manager"], acquire=0)


class TestSaving:
    # guards.is_writing in subscribers.revision_modified
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

    # guards.is_writing: an event is no change yet
    @each_closed_state
    def test_an_event_without_a_change_passes_and_makes_no_author(self, revision):
        before = (revision.saved_by, hash_of(revision))
        with acting("second_author"):
            notify(ObjectModifiedEvent(revision))
            notify(ObjectModifiedEvent(revision["kem"]))
        assert (revision.saved_by, hash_of(revision)) == before

    # guards.is_writing: so a page that a revision links to can be removed
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


class TestPermissionsGivenAway:
    # guards.is_writing, behind permissions that a Manager changed in the ZMI
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


class TestPlace:
    # guards.revision_moving: was_submitted
    @each_closed_state
    def test_a_submitted_revision_is_not_removed(self, document, revision):
        with refused(revision):
            permit(revision, "Delete objects")
            document.manage_delObjects([revision.getId()])

    # guards.revision_moving, for each container that is removed with it
    @each_closed_state
    def test_nor_is_anything_that_contains_it(self, portal, agency, document, revision):
        with refused(revision):
            agency.manage_delObjects([document.getId()])
        with refused(revision):
            portal.manage_delObjects([agency.getId()])

    # guards.was_submitted: ever_submitted, also after it came back
    def test_a_returned_draft_is_kept(self, agency, document, revision):
        with acting("reviewer"):
            actions.transition(revision, "reject", "chưa đủ")
        assert api.content.get_state(revision) == "draft"
        with refused(revision):
            document.manage_delObjects([revision.getId()])
        with refused(revision):
            agency.manage_delObjects([document.getId()])

    # guards.revision_moving, two levels up
    def test_nor_is_a_folder_of_agencies(self, portal, http_request):
        with manager():
            folder = api.content.create(portal, "Folder", id="tinh", title="Tỉnh")
        agency = make_agency(folder)
        document = add_document(agency)
        revision = in_state(document, "in_review")
        with refused(revision):
            portal.manage_delObjects(["tinh"])
        with refused(revision):
            portal.manage_renameObject("tinh", "tinh-khac")
        assert agency.group_ids

    # guards.revision_moving, for renamed containers
    @each_closed_state
    def test_the_address_of_a_submitted_revision_stays(self, portal, agency, document, revision):
        with refused(revision):
            permit(document, "Copy or Move")
            agency.manage_renameObject(document.getId(), "khac")
        with refused(revision):
            portal.manage_renameObject(agency.getId(), "khac")

    # guards.revision_moving, for moved containers
    def test_nor_does_it_move_with_its_document_or_agency(self, portal, agency, document, revision):
        other = make_agency(portal, "Sở Nội vụ", "SNV", {})
        with manager():
            folder = api.content.create(portal, "Folder", title="Tỉnh")
        with refused(revision):
            permit(document, "Copy or Move")
            other.manage_pasteObjects(agency.manage_cutObjects([document.getId()]))
        with refused(revision):
            folder.manage_pasteObjects(portal.manage_cutObjects([agency.getId()]))

    # guards.revision_moving: event.newParent
    def test_a_draft_keeps_its_place_too(self, agency, document):
        draft = document["rev-1"]
        other = add_document(agency, code="QT 02", title="Khác")
        permit(agency, "eqms: Add revision")
        permit(other, "Add portal content")
        permit(draft, "Copy or Move", "Delete objects")
        with refused(draft):
            permit(document, "Add portal content")
            document.manage_renameObject("rev-1", "khac")
        with refused(draft):
            other.manage_pasteObjects(document.manage_cutObjects(["rev-1"]))

    # guards.revision_moving lets a draft go that nobody was asked about
    def test_an_unsubmitted_draft_may_be_removed_and_leaves_a_row(self, document):
        uid = document["rev-1"].UID()
        with acting("author"):
            document.manage_delObjects(["rev-1"])
        assert register_of(document).entries == ()
        row = trail.rows(document.UID())[-1]
        assert (row["action"], row["details"]["revision"]) == ("draft_removed", uid)
        with acting("author"):
            assert revise(document).getId() == "rev-2"

    # guards.document_moving: the agency
    def test_a_document_stays_in_its_agency(self, portal, agency, document):
        other = make_agency(portal, "Sở Nội vụ", "SNV", {})
        draft = document["rev-1"]
        with refused(draft):
            other.manage_pasteObjects(agency.manage_cutObjects([document.getId()]))
        with refused(draft):
            portal._setObject("ngoai", document._getCopy(portal))

    # guards.document_moving: no agency above
    def test_outside_an_agency_there_is_no_controlled_document(self, portal, http_request):
        portal.manage_permission("eqms: Add controlled document", ["Manager"])
        with manager(), pytest.raises(Forbidden):
            createContentInContainer(portal, "QualityManual", title="Sổ tay")

    # guards.document_moving lets an unsubmitted one be renamed and moved within the agency
    def test_an_unsubmitted_document_may_move_within_its_agency(self, agency, document):
        with manager():
            folder = api.content.create(agency, "Folder", title="Lĩnh vực")
            folder.manage_permission("eqms: Add controlled document", ["Manager"])
            moved = api.content.move(document, folder)
        assert [entry.id for entry in register_of(moved).entries] == moved.objectIds()


class TestCopies:
    # guards.revision_moving: event.oldParent is None
    @pytest.mark.parametrize("portal_type", ["DocumentRevision", "ProcedureRevision"])
    def test_nobody_adds_a_revision(self, agency, document, portal_type):
        for place in (document, agency):
            with manager(), pytest.raises(NOT_ADDED):
                place.invokeFactory(portal_type, "rev-9", title="Trộm")
            permit(place, "eqms: Add revision", "Add portal content")
            with manager(), pytest.raises(NOT_ADDED):
                createContentInContainer(place, portal_type, title="Trộm")
            with manager(), pytest.raises(NOT_ADDED):
                createContentInContainer(place, portal_type, checkConstraints=False, title="Trộm")

    # guards.document_moving and revision_moving: copies
    def test_documents_and_agencies_are_not_copied(self, portal, agency, document):
        draft = document["rev-1"]
        with refused(draft):
            agency.manage_pasteObjects(agency.manage_copyObjects([document.getId()]))
        with refused(draft):
            portal.manage_pasteObjects(portal.manage_copyObjects([agency.getId()]))
        with refused(draft):
            permit(document, "eqms: Add revision", "Add portal content")
            permit(draft, "Copy or Move")
            document.manage_pasteObjects(document.manage_copyObjects(["rev-1"]))

    # guards.document_moving: a document with a history that comes from nowhere
    def test_an_exported_document_is_not_imported(self, live_agency, live_document):
        draft = live_document["rev-1"]
        for item, place in (
            (live_document, live_agency),
            (live_agency, live_agency.__parent__),
            (draft, live_document),
        ):
            exported = BytesIO()
            item._p_jar.exportFile(item._p_oid, exported)
            exported.seek(0)
            with refused(draft):
                place._setObject("nhap", place._p_jar.importFile(exported))

    # guards._whole_site
    @pytest.mark.parametrize("state", ["in_review", "in_force"])
    def test_the_whole_site_can_be_removed(self, live_document, functional_app, state):
        in_state(live_document, state)
        transaction.commit()
        with manager():
            functional_app.manage_delObjects(["plone"])
        assert "plone" not in functional_app.objectIds()


class TestStorage:
    # content.DocumentRevision: no class attribute may be taken for the annotations of its objects
    def test_every_revision_has_its_own_annotations(self, agency, document):
        other = add_document(agency, code="QT 02", title="Khác")
        for item in (agency, document, document["rev-1"]):
            assert [
                name for cls in type(item).__mro__ if (name := vars(cls).get("__annotations__"))
            ] == []
        with acting("author"):
            attach(document["rev-1"])
        IAnnotations(document["rev-1"])["thu"] = "của tôi"
        assert "thu" not in IAnnotations(other["rev-1"])
        assert document["rev-1"].objectIds() == ["kem"]
        assert other["rev-1"].objectIds() == []

    # snapshot: what a file holds beside its bytes is kept behind adapters
    def test_a_revision_with_attachments_goes_the_whole_way(self, document):
        old = in_state(document, "in_force")
        with acting("author"):
            draft = revise(document)
        assert draft["kem"].file.data == b"noi dung"
        assert draft["kem"].file is not old["kem"].file
        assert draft["kem"].title == "Kèm"
        with acting("author"):
            draft["kem"].file = NamedBlobFile(b"moi", "text/plain", "kem.txt")
            notify(ObjectModifiedEvent(draft["kem"]))
        assert old["kem"].file.data == b"noi dung"
