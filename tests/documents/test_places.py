"""What was submitted keeps its place; nothing controlled comes in by copy, import or by hand.

As in the tests of the guards, a comment names the guard that a test is about.
"""

from AccessControl import Unauthorized
from cast import acting
from cast import add_document
from cast import make_agency
from eqms.approval import actions
from eqms.documents.content import register_of
from eqms.documents.drafting import revise
from eqms.trail import storage as trail
from io import BytesIO
from plone import api
from plone.dexterity.utils import createContentInContainer
from plone.namedfile.file import NamedBlobFile
from security.bypass import attach
from security.bypass import CLOSED
from security.bypass import in_state
from security.bypass import manager
from security.bypass import permit
from security.bypass import refused
from zExceptions import Forbidden
from zope.annotation.interfaces import IAnnotations
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
import pytest
import transaction


NOT_ADDED = (Forbidden, Unauthorized, ValueError)


@pytest.fixture
def revision(document, request):
    """A revision in the state the test is given, in_review without one."""
    return in_state(document, getattr(request, "param", "in_review"))


each_closed_state = pytest.mark.parametrize("revision", CLOSED, indirect=True)


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
