"""Changes of groups, roles and settings have their row, in the same transaction."""

from cast import acting
from cast import PASSWORD
from eqms.agencies import access
from eqms.domain import chain
from eqms.trail import storage as trail
from plone import api
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.app.workflow.events import LocalrolesModifiedEvent
from zope.event import notify
from zope.lifecycleevent import Attributes
from zope.lifecycleevent import ObjectModifiedEvent
import pytest
import requests
import transaction


OWNER = (SITE_OWNER_NAME, SITE_OWNER_PASSWORD)


def last(subject):
    return trail.rows(subject)[-1]


class TestGroups:
    def test_joining_and_leaving_stand_in_the_trail_of_the_agency(self, agency):
        group = agency.group_ids["approvers"]
        with api.env.adopt_roles(["Manager"]):
            api.group.add_user(groupname=group, username="member")
            joined = last(agency.UID())
            api.group.remove_user(groupname=group, username="member")
            left = last(agency.UID())
        assert (joined["action"], left["action"]) == ("member_added", "member_removed")
        assert joined["details"] == left["details"] == {"group": group, "person": "member"}

    def test_nothing_is_written_when_nothing_changes(self, agency):
        rows = len(trail.rows(agency.UID()))
        with api.env.adopt_roles(["Manager"]):
            api.group.add_user(groupname=agency.group_ids["authors"], username="author")
        assert len(trail.rows(agency.UID())) == rows

    def test_other_groups_stand_in_the_trail_of_the_site(self, agency):
        with api.env.adopt_roles(["Manager"]):
            api.group.create(groupname="van-phong", roles=["Programme Officer"])
            api.group.add_user(groupname="van-phong", username="member")
            api.group.delete(groupname="van-phong")
        assert [(row["action"], row["details"]) for row in trail.rows(trail.SITE)][-4:] == [
            (
                "site_roles_changed",
                {"principal": "van-phong", "changes": [None, ["Programme Officer"]]},
            ),
            ("member_added", {"group": "van-phong", "person": "member"}),
            ("member_removed", {"group": "van-phong", "person": "member"}),
            ("group_removed", {"group": "van-phong"}),
        ]

    def test_a_removed_agency_says_who_was_in_it(self, portal, agency):
        uid = agency.UID()
        with api.env.adopt_roles(["Manager"]):
            portal.manage_delObjects([agency.getId()])
        removed = [row["details"].get("person") for row in trail.rows(uid)]
        assert {"author", "reviewer", "approver"} <= set(removed)
        assert last(uid)["action"] == "agency_removed"
        assert chain.verify(trail.rows(uid)) == []


class TestRolesOfTheSite:
    def test_given_and_taken(self, agency):
        with api.env.adopt_roles(["Manager"]):
            api.user.grant_roles(username="member", roles=["QMS Auditor", "Programme Officer"])
            api.user.revoke_roles(username="member", roles=["Programme Officer"])
        assert [row["details"] for row in trail.rows(trail.SITE)][-2:] == [
            {"principal": "member", "changes": [None, ["Programme Officer", "QMS Auditor"]]},
            {
                "principal": "member",
                "changes": [["Programme Officer", "QMS Auditor"], ["QMS Auditor"]],
            },
        ]

    def test_what_everybody_has_is_no_event(self, agency):
        rows = len(trail.rows(trail.SITE))
        with api.env.adopt_roles(["Manager"]):
            api.user.create(username="moi", email="moi@example.vn", password=PASSWORD)
        assert len(trail.rows(trail.SITE)) == rows

    def test_a_new_account_that_comes_with_roles(self, portal, agency):
        users = api.portal.get_tool("acl_users")
        users.userFolderAddUser("moi", PASSWORD, ["Member", "QMS Auditor"], [])
        assert last(trail.SITE)["details"] == {
            "principal": "moi",
            "changes": [None, ["QMS Auditor"]],
        }

    def test_a_deleted_account(self, agency):
        with api.env.adopt_roles(["Manager"]):
            api.user.delete(username="member")
        row = last(trail.SITE)
        assert (row["action"], row["details"]) == ("user_removed", {"person": "member"})


class TestRolesOnObjects:
    @pytest.fixture
    def share(self, live_agency):
        def share(context, user_id, roles):
            answer = requests.post(
                f"{context.absolute_url()}/@sharing",
                auth=OWNER,
                json={"entries": [{"id": user_id, "type": "user", "roles": roles}]},
                headers={"Accept": "application/json"},
                timeout=30,
            )
            assert answer.status_code == 204, answer.text
            transaction.begin()

        return share

    def test_on_an_agency(self, live_agency, share):
        share(live_agency, "member", {"Reader": True})
        row = last(live_agency.UID())
        before, after = row["details"]["changes"]
        assert (row["action"], row["actor"]) == ("local_roles_changed", SITE_OWNER_NAME)
        assert after["roles"] == {**before["roles"], "member": ["Reader"]}
        share(live_agency, "member", {"Reader": False})
        assert last(live_agency.UID())["details"]["changes"] == [after, before]

    def test_on_something_in_the_agency(self, agency, document):
        document.manage_setLocalRoles("member", ["Reader"])
        notify(LocalrolesModifiedEvent(document, None))
        row = last(agency.UID())
        assert row["path"] == "/".join(document.getPhysicalPath())
        assert row["details"]["changes"][1]["roles"]["member"] == ["Reader"]

    def test_elsewhere_in_the_site(self, functional_portal, live_agency, share):
        share(functional_portal, "member", {"Reader": True})
        assert last(trail.SITE)["action"] == "local_roles_changed"


class TestSettingsOfAnAgency:
    def test_a_change_says_from_what_to_what(self, agency):
        with acting("controller"):
            agency.tier = "commune"
            agency.code_patterns = {"Procedure": "QT {seq:02}"}
            notify(ObjectModifiedEvent(agency, Attributes(None, "tier")))
            rows = len(trail.rows(agency.UID()))
            notify(ObjectModifiedEvent(agency, Attributes(None, "tier")))
        assert len(trail.rows(agency.UID())) == rows
        row = last(agency.UID())
        assert (row["action"], row["actor"]) == ("agency_changed", "controller")
        assert row["details"]["changes"] == {
            "tier": ["province", "commune"],
            "code_patterns": [{}, {"Procedure": "QT {seq:02}"}],
        }

    def test_a_value_changed_in_place_is_seen(self, agency):
        agency.code_patterns = {"Procedure": "QT {seq}"}
        notify(ObjectModifiedEvent(agency, Attributes(None, "code_patterns")))
        agency.code_patterns["Procedure"] = "QT {seq:02}"
        notify(ObjectModifiedEvent(agency, Attributes(None, "code_patterns")))
        assert last(agency.UID())["details"]["changes"] == {
            "code_patterns": [{"Procedure": "QT {seq}"}, {"Procedure": "QT {seq:02}"}]
        }


class TestNothingHappensWithoutItsRow:
    CHANGES = {
        "join": lambda agency: api.group.add_user(
            groupname=agency.group_ids["approvers"], username="member"
        ),
        "leave": lambda agency: api.group.remove_user(
            groupname=agency.group_ids["approvers"], username="approver"
        ),
        "site role": lambda agency: api.user.grant_roles(username="member", roles=["QMS Auditor"]),
        "account": lambda agency: api.user.delete(username="member"),
    }

    @pytest.mark.parametrize("change", CHANGES)
    def test_also_where_the_user_folder_swallows_errors(self, live_agency, monkeypatch, change):
        """ValueError is one of those it swallows."""

        def fail(*args, **kwargs):
            raise ValueError

        def facts():
            group = api.group.get(groupname=live_agency.group_ids["approvers"])
            member = api.user.get(userid="member")
            return group.getGroupMemberIds(), member is not None and member.getRoles()

        before = facts()
        monkeypatch.setattr(trail, "append", fail)
        with api.env.adopt_roles(["Manager"]), pytest.raises(Exception):  # noqa: B017
            self.CHANGES[change](live_agency)
            transaction.commit()
        transaction.abort()
        assert facts() == before


def test_a_site_without_the_addon_gets_no_rows(portal, agency, monkeypatch):
    rows = len(trail.rows(trail.SITE))
    monkeypatch.setattr(access, "is_installed", lambda: False)
    with api.env.adopt_roles(["Manager"]):
        api.group.create(groupname="khac")
        api.group.add_user(groupname="khac", username="member")
    assert len(trail.rows(trail.SITE)) == rows
