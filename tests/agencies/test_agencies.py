"""Agencies: their groups and roles, their units and heads, and what belongs to which."""

from cast import acting
from cast import add_document
from cast import make_agency
from cast import PASSWORD
from eqms.agencies.groups import KINDS
from eqms.agencies.groups import members
from eqms.agencies.lookup import agency_of
from eqms.agencies.vocabularies import TIERS
from eqms.trail import storage as trail
from plone import api
from plone.dexterity.utils import createContentInContainer
from zope.component import getUtility
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
from zope.schema.interfaces import IVocabularyFactory
import pytest
import transaction


def add(place, portal_type, **values):
    with api.env.adopt_roles(["Manager"]):
        return api.content.create(place, portal_type, **values)


class TestGroups:
    def test_every_agency_has_four_with_their_roles_on_its_folder(self, agency):
        assert set(agency.group_ids) == set(KINDS)
        local = dict(agency.get_local_roles())
        assert {kind: local[agency.group_ids[kind]] for kind in KINDS} == {
            kind: (KINDS[kind].role,) for kind in KINDS
        }

    def test_they_bear_the_name_of_the_agency(self, agency):
        group = api.group.get(groupname=agency.group_ids["authors"])
        assert group.getProperty("title").startswith("Sở Tư pháp: ")

    @pytest.mark.parametrize(
        ("user_id", "role"),
        [
            ("author", "Document Author"),
            ("reviewer", "Document Reviewer"),
            ("approver", "Document Approver"),
            ("controller", "Document Controller"),
        ],
    )
    def test_membership_gives_the_role_in_this_agency_only(self, portal, agency, user_id, role):
        other = make_agency(portal, "Sở Nội vụ", "SNV", {})
        assert role in api.user.get_roles(username=user_id, obj=agency)
        assert role not in api.user.get_roles(username=user_id, obj=other)
        assert role not in api.user.get_roles(username=user_id)
        api.group.remove_user(
            groupname=agency.group_ids[f"{role.split()[1].lower()}s"], username=user_id
        )
        assert role not in api.user.get_roles(username=user_id, obj=agency)

    def test_members_are_sorted_and_none_for_a_group_that_is_gone(self, agency):
        assert members(agency, "authors") == ["author", "second_author"]
        api.group.delete(groupname=agency.group_ids["authors"])
        assert members(agency, "authors") == []

    @pytest.mark.parametrize(
        ("code", "group"),
        [("STP", "stp-authors"), ("Đ/T 01", "d-t-01-authors"), ("UBND.X", "ubnd-x-authors")],
    )
    def test_ids_come_from_the_code(self, portal, http_request, code, group):
        assert make_agency(portal, "Cơ quan", code, {}).group_ids["authors"] == group

    def test_two_agencies_share_no_group_however_alike_their_codes(self, portal, agency):
        other = make_agency(portal, "Sở Tư pháp khác", "STP.", {})
        assert not set(other.group_ids.values()) & set(agency.group_ids.values())
        assert members(other, "authors") == []

    def test_a_person_of_the_same_id_gets_no_role(self, portal, http_request):
        with api.env.adopt_roles(["Manager"]):
            api.user.create(username="snv-approvers", email="a@example.vn", password=PASSWORD)
        other = make_agency(portal, "Sở Nội vụ", "SNV", {})
        assert other.group_ids["approvers"] != "snv-approvers"
        roles = api.user.get_roles(username="snv-approvers", obj=other)
        assert "Document Approver" not in roles

    def test_they_go_with_the_agency(self, portal, agency):
        groups = list(agency.group_ids.values())
        with api.env.adopt_roles(["Manager"]):
            portal.manage_delObjects([agency.getId()])
        assert [api.group.get(groupname=group) for group in groups] == [None] * len(groups)

    def test_they_stay_if_its_removal_is_refused(self, portal, agency, document):
        from eqms.approval import actions

        with acting("author"):
            actions.transition(document["rev-1"], "submit")
        savepoint = transaction.savepoint()
        with api.env.adopt_roles(["Manager"]), pytest.raises(Exception, match="kept"):
            portal.manage_delObjects([agency.getId()])
        savepoint.rollback()
        assert all(api.group.get(groupname=group) for group in agency.group_ids.values())

    def test_a_new_agency_with_the_code_of_a_removed_one_begins_without_people(
        self, portal, agency
    ):
        with api.env.adopt_roles(["Manager"]):
            portal.manage_delObjects([agency.getId()])
        again = make_agency(portal, people={})
        assert members(again, "authors") == []
        assert "Document Author" not in api.user.get_roles(username="author", obj=again)

    def test_renaming_the_agency_keeps_them(self, portal, agency):
        groups = dict(agency.group_ids)
        transaction.savepoint()
        with api.env.adopt_roles(["Manager"]):
            portal.manage_renameObject(agency.getId(), "so-tu-phap-moi")
        renamed = portal["so-tu-phap-moi"]
        assert renamed.group_ids == groups
        assert "Document Author" in api.user.get_roles(username="author", obj=renamed)
        actions = [row["action"] for row in trail.rows(renamed.UID())]
        assert actions.count("agency_added") == 1
        assert "member_removed" not in actions


class TestWhoMayAdd:
    @pytest.mark.parametrize(
        ("role", "allowed"),
        [
            ("Manager", True),
            ("Site Administrator", True),
            ("Programme Officer", True),
            ("Contributor", False),
            ("Member", False),
            ("QMS Auditor", False),
        ],
    )
    def test_agencies(self, portal, http_request, role, allowed):
        with api.env.adopt_roles([role]):
            held = api.user.has_permission("eqms: Add agency", obj=portal)
        assert held is allowed

    @pytest.mark.parametrize(
        ("user_id", "allowed"),
        [("author", True), ("controller", True), ("reviewer", False), ("member", False)],
    )
    def test_documents(self, agency, user_id, allowed):
        with acting(user_id):
            offered = {fti.getId() for fti in agency.allowedContentTypes()}
        assert ("Procedure" in offered) is allowed
        assert not offered & {"DocumentRevision", "ProcedureRevision", "Agency"}

    def test_units_by_the_document_controller(self, agency):
        with acting("controller"):
            unit = createContentInContainer(agency, "Unit", title="Phòng Hộ tịch", head="author")
        assert (unit.title, unit.head) == ("Phòng Hộ tịch", "author")

    @pytest.mark.parametrize("user_id", ["author", "reviewer", "member"])
    def test_but_not_by_others(self, agency, user_id):
        with acting(user_id):
            assert not api.user.has_permission("eqms: Add unit", obj=agency)

    def test_units_and_documents_belong_to_an_agency(self, portal, http_request):
        with api.env.adopt_roles(["Manager"]):
            for permission in ("eqms: Add unit", "eqms: Add controlled document"):
                assert not api.user.has_permission(permission, obj=portal)

    # An uncontrolled file in the folder of an agency would be public at once.
    @pytest.mark.parametrize("portal_type", ["File", "Image", "Document", "Link", "Folder"])
    @pytest.mark.parametrize("user_id", ["author", "controller", "reviewer"])
    def test_nobody_of_the_agency_publishes_past_approval(self, agency, user_id, portal_type):
        with acting(user_id):
            assert portal_type not in {fti.getId() for fti in agency.allowedContentTypes()}


class TestBelonging:
    def test_the_agency_of_a_thing_is_the_nearest_above(self, portal, agency, document):
        for item in (agency, document, document["rev-1"]):
            assert agency_of(item).UID() == agency.UID()
        assert agency_of(portal) is None
        inner = add(agency, "Agency", title="Trung tâm", code="TT")
        unit = add(inner, "Unit", title="Phòng")
        assert agency_of(unit).UID() == inner.UID()

    def test_units_offered_are_those_of_the_agency(self, portal, agency, document):
        own = add(agency, "Unit", title="Phòng Hộ tịch")
        other = make_agency(portal, "Sở Nội vụ", "SNV", {})
        add(other, "Unit", title="Phòng khác")
        vocabulary = getUtility(IVocabularyFactory, "eqms.units")
        for context in (agency, document, document["rev-1"]):
            assert [term.value for term in vocabulary(context)] == [own.UID()]
        assert [term.value for term in vocabulary(portal)] == []

    def test_a_removed_unit_leaves_its_documents_as_they_are(self, agency, document):
        unit = add(agency, "Unit", title="Phòng Hộ tịch")
        document["rev-1"].unit = unit.UID()
        with api.env.adopt_roles(["Manager"]):
            agency.manage_delObjects([unit.getId()])
        with acting("author"):
            notify(ObjectModifiedEvent(document["rev-1"]))
        assert document["rev-1"].unit

    def test_all_agencies_are_offered_as_places_of_application(self, portal, agency, document):
        other = make_agency(portal, "Sở Nội vụ", "SNV", {})
        vocabulary = getUtility(IVocabularyFactory, "eqms.agencies")
        with acting("author"):
            offered = {term.value for term in vocabulary(document["rev-1"])}
        assert offered == {agency.UID(), other.UID()}

    def test_tiers(self, portal):
        vocabulary = getUtility(IVocabularyFactory, TIERS)
        assert [term.value for term in vocabulary(portal)] == [
            "central",
            "province",
            "district",
            "commune",
        ]


class TestRecord:
    def test_coming_and_going_are_audited(self, portal, agency):
        uid = agency.UID()
        with api.env.adopt_roles(["Manager"]):
            portal.manage_delObjects([agency.getId()])
        rows = trail.rows(uid)
        assert (rows[0]["action"], rows[-1]["action"]) == ("agency_added", "agency_removed")
        assert rows[0]["details"]["settings"]["title"] == "Sở Tư pháp"
        assert rows[0]["details"]["settings"]["code"] == "STP"

    def test_titles_are_kept_in_one_unicode_form(self, portal, http_request):
        agency = make_agency(portal, "So\u031b\u0309 Tu\u031b pha\u0301p", "STP", {})
        assert agency.title == "Sở Tư pháp"
        agency.title = "So\u031b\u0309 No\u0323\u0302i vu\u0323"
        from eqms.agencies.content import IAgency
        from zope.lifecycleevent import Attributes

        notify(ObjectModifiedEvent(agency, Attributes(IAgency, "title")))
        assert agency.title == "Sở Nội vụ"

    @pytest.mark.parametrize("code", ["", "   ", "<b>", "a" * 61, None])
    def test_what_is_no_code_is_refused_by_rest(self, functional_portal, request_factory, code):
        answer = request_factory(role="Manager").post(
            "", json={"@type": "Agency", "title": "Sở", "code": code}
        )
        assert (answer.status_code, answer.json()["type"]) == (400, "BadRequest")

    def test_people_of_one_agency_do_nothing_in_another(self, portal, agency):
        other = make_agency(portal, "Sở Nội vụ", "SNV", {"khac": ("Hồ Văn Khác", "authors")})
        document = add_document(other, code="QT 01", by="khac")
        with acting("author"):
            for permission in ("View", "Modify portal content", "eqms: Draft revision"):
                assert not api.user.has_permission(permission, obj=document)
                assert not api.user.has_permission(permission, obj=document["rev-1"])
