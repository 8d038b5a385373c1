"""Routes, substitutions, waivers, moved tasks and signed sets by REST."""

from cast import acting
from cast import add_document
from cast import PASSWORD
from eqms.approval import actions
from eqms.approval.tasks import tasks_of
from eqms.documents.dates import site_zone
from eqms.domain.clock import today
from eqms.trail import storage as trail
from plone import api
import pytest
import transaction


APPROVE = {"phase": "approval", "members": ["function:approvers"]}
CHECK = {
    "id": "format",
    "title": "Kiểm tra thể thức",
    "meaning": "kiểm tra thể thức",
    "phase": "review",
    "members": ["function:controllers"],
    "due_days": 2,
}


@pytest.fixture
def call(live_agency, request_factory):
    """Call a service as one of the people; anonymously for None."""

    def run(person, method, path, json=None):
        session = request_factory(basic_auth=(person, PASSWORD) if person else None)
        session.headers["Accept"] = "application/json"
        answer = session.request(method, f"{live_agency.absolute_url()}{path}", json=json)
        transaction.begin()
        return answer

    return run


@pytest.fixture
def site(functional_portal, request_factory):
    """Call a service of the site."""

    def run(person, method, path, json=None):
        session = request_factory(basic_auth=(person, PASSWORD))
        session.headers["Accept"] = "application/json"
        answer = session.request(method, f"{functional_portal.absolute_url()}{path}", json=json)
        transaction.begin()
        return answer

    return run


def path_of(item, agency):
    return item.absolute_url().removeprefix(agency.absolute_url())


def submit(draft):
    with acting("author"):
        actions.transition(draft, "submit")
    transaction.commit()


class TestRoutes:
    def test_of_an_agency(self, call, live_agency, live_document):
        plan = {"steps": [CHECK, APPROVE]}
        answer = call("controller", "PUT", "/@routes", {"routes": {"Procedure": plan}})
        assert answer.status_code == 200
        [step, _approval] = answer.json()["routes"]["Procedure"]["steps"]
        assert (step["id"], step["due_days"], step["need"]) == ("format", 2, "any")
        last = trail.rows(live_agency.UID())[-1]
        assert (last["action"], last["actor"]) == ("route_changed", "controller")
        assert last["details"]["portal_type"] == "Procedure"
        assert last["details"]["changes"][0] is None
        submit(live_document["rev-1"])
        assert [task.act for task in tasks_of("controller")] == ["kiểm tra thể thức"]
        assert call("controller", "PUT", "/@routes", {"routes": {}}).json()["routes"] == {}
        assert trail.rows(live_agency.UID())[-1]["details"]["changes"][1] is None

    def test_a_change_holds_for_later_submissions(self, call, live_agency, live_document):
        submit(live_document["rev-1"])
        call("controller", "PUT", "/@routes", {"routes": {"": {"steps": [APPROVE]}}})
        draft = live_document["rev-1"]
        assert api.content.get_state(draft) == "in_review"
        answer = call("reviewer", "GET", f"{path_of(draft, live_agency)}/@route").json()
        assert [(step["id"], step["stage"]) for step in answer["steps"]] == [
            ("review", "open"),
            ("approval", "later"),
        ]
        assert [asked["name"] for asked in answer["steps"][1]["members"]] == ["Phạm Thị Duyệt"]

    def test_of_a_document(self, call, live_agency, live_document):
        path = path_of(live_document, live_agency)
        answer = call("controller", "PUT", f"{path}/@route", {"own": {"steps": [APPROVE]}})
        assert [step["phase"] for step in answer.json()["route"]["steps"]] == ["approval"]
        last = trail.rows(live_document.UID())[-1]
        assert last["action"] == "route_changed"
        assert call("author", "GET", f"{path}/@route").json()["own"] is not None
        answer = call("controller", "PUT", f"{path}/@route", {"own": None})
        assert answer.json()["own"] is None
        assert [step["id"] for step in answer.json()["route"]["steps"]] == ["review", "approval"]

    @pytest.mark.parametrize("person", ["author", "reviewer", "approver"])
    def test_who_may_not(self, call, live_agency, live_document, person):
        path = path_of(live_document, live_agency)
        body = {"own": {"steps": [APPROVE]}}
        assert call(person, "PUT", f"{path}/@route", body).status_code in (401, 403)
        assert call(person, "PUT", "/@routes", {"routes": {}}).status_code in (401, 403)

    @pytest.mark.parametrize(
        ("routes", "told"),
        [
            ("x", "object by type"),
            ({"Folder": {"steps": [APPROVE]}}, "Folder"),
            ({"": {"steps": [CHECK]}}, "needs a step of approval"),
            ({"": {"steps": [APPROVE, CHECK]}}, "Step 2"),
            ({"": {"steps": [{**APPROVE, "members": ["function:king"]}]}}, "function:king"),
            ({"": {"steps": [{**APPROVE, "members": ["person:controller"]}]}}, "yourself"),
        ],
    )
    def test_what_is_wrong_is_told(self, call, routes, told):
        answer = call("controller", "PUT", "/@routes", {"routes": routes})
        assert answer.status_code == 400
        assert told in answer.json()["message"]

    def test_of_the_site(self, site, live_document, functional_portal):
        routes = {"": {"steps": [APPROVE]}}
        assert site("controller", "PUT", "/@routes", {"routes": routes}).status_code in (401, 403)
        with acting("controller"), api.env.adopt_roles(["Manager"]):
            from eqms.approval.planning import set_site_plans

            set_site_plans(routes)
        transaction.commit()
        assert trail.rows(trail.SITE)[-1]["action"] == "route_changed"
        submit(live_document["rev-1"])
        assert api.content.get_state(live_document["rev-1"]) == "in_approval"


class TestReassign:
    def test_an_open_task_moves(self, call, live_agency, live_document):
        draft = live_document["rev-1"]
        submit(draft)
        path = f"{path_of(draft, live_agency)}/@reassign"
        body = {"person": "reviewer", "to": "member", "reason": "Nghỉ hưu"}
        answer = call("controller", "POST", path, body)
        assert answer.status_code == 200
        [asked] = answer.json()["steps"][0]["members"]
        assert asked == {
            "person": "member",
            "name": "Ngô Thị Ngoài",
            "outcome": "",
            "moved_from": "reviewer",
        }
        assert (tasks_of("reviewer"), len(tasks_of("member"))) == ([], 1)
        last = trail.rows(live_document.UID())[-1]
        assert (last["action"], last["details"]["reason"]) == ("task_moved", "Nghỉ hưu")
        with acting("member"):
            actions.sign(draft, "review", PASSWORD)

    @pytest.mark.parametrize(
        ("by", "change", "status"),
        [
            ("author", {}, 401),
            ("controller", {"reason": " "}, 400),
            ("controller", {"to": "left-long-ago"}, 400),
            ("controller", {"person": "approver"}, 409),
            ("controller", {"to": "author"}, 409),
            ("controller", {"to": "reviewer"}, 409),
            ("controller", {"to": "approver"}, 409),
        ],
    )
    def test_what_is_refused(self, call, live_agency, live_document, by, change, status):
        draft = live_document["rev-1"]
        submit(draft)
        body = {"person": "reviewer", "to": "member", "reason": "Nghỉ hưu", **change}
        answer = call(by, "POST", f"{path_of(draft, live_agency)}/@reassign", body)
        assert answer.status_code == status, answer.text
        assert [task.person for task in tasks_of("reviewer")] == ["reviewer"]

    @pytest.mark.parametrize(("to", "status"), [("member", 403), ("controller", 403)])
    def test_an_approval_goes_to_who_approves(self, call, live_agency, live_document, to, status):
        draft = live_document["rev-1"]
        submit(draft)
        with acting("reviewer"):
            actions.sign(draft, "review", PASSWORD)
        transaction.commit()
        path = f"{path_of(draft, live_agency)}/@reassign"
        body = {"person": "approver", "to": to, "reason": "Đi công tác"}
        assert call("controller", "POST", path, body).status_code == status
        row = {"person": "member", "title": "Phó Giám đốc", "rank": "deputy", "fields": ""}
        live_agency.leaders = [row]
        transaction.commit()
        body["to"] = "member"
        assert call("controller", "POST", path, body).status_code == 200


class TestSubstitutions:
    def days(self):
        day = today(site_zone()).isoformat()
        return {"from": day, "until": day}

    def test_of_oneself(self, site, live_agency):
        body = {"substitute": "member", "reason": "Nghỉ phép", **self.days()}
        answer = site("approver", "POST", "/@substitutions", body)
        assert answer.status_code == 201
        row = answer.json()
        assert (row["absent_name"], row["substitute_name"]) == ("Phạm Thị Duyệt", "Ngô Thị Ngoài")
        for person in ("approver", "member"):
            assert site(person, "GET", "/@substitutions").json()["items"] == [row]
        assert site("author", "GET", "/@substitutions").json()["items"] == []
        assert site("approver", "POST", "/@substitutions", body).status_code == 409
        ended = site("approver", "POST", f"/@substitutions/{row['id']}/end", {})
        assert ended.json()["ended_by"] == "approver"

    def test_of_people_of_an_agency(self, call, live_agency):
        body = {"substitute": "member", "absent": "approver", "reason": "Ốm", **self.days()}
        assert call("author", "POST", "/@substitutions", body).status_code in (401, 403)
        row = call("controller", "POST", "/@substitutions", body).json()
        assert call("reviewer", "GET", "/@substitutions").json()["items"] == [row]
        path = f"/@substitutions/{row['id']}/end"
        assert call("controller", "POST", path, {"absent": "approver"}).status_code == 200
        assert call("controller", "POST", f"/@substitutions/{row['id']}/x", {}).status_code == 404

    def test_what_is_wrong_is_told(self, site, live_agency):
        body = {"substitute": "approver", "reason": "Nghỉ", **self.days()}
        assert site("approver", "POST", "/@substitutions", body).status_code == 400
        body = {"substitute": "member", "reason": "Nghỉ", "from": "mai", "until": "kia"}
        assert site("approver", "POST", "/@substitutions", body).status_code == 400


class TestWaivers:
    def test_recorded_confirmed_ended(self, call, live_agency):
        day = today(site_zone()).isoformat()
        body = {
            "rule": "author_reviews",
            "number": "12/QĐ-UBND",
            "decided_on": day,
            "reference": "Lưu: VT",
            "start": day,
            "end": day,
        }
        assert call("controller", "POST", "/@waivers", {**body, "rule": "all"}).status_code == 400
        answer = call("controller", "POST", "/@waivers", body)
        assert answer.status_code == 201
        path = f"/@waivers/{answer.json()['id']}"
        wrong = call("approver", "POST", f"{path}/confirm", {"password": "sai"})
        assert (wrong.status_code, wrong.json()["type"]) == (403, "ReauthenticationFailed")
        assert trail.rows(live_agency.UID())[-1]["action"] == "reauthentication_failed"
        confirmed = call("approver", "POST", f"{path}/confirm", {"password": PASSWORD})
        assert confirmed.json()["confirmed_name"] == "Phạm Thị Duyệt"
        assert call("author", "GET", "/@waivers").json()["items_total"] == 1
        assert call("controller", "POST", f"{path}/end", {}).status_code == 200
        assert call("controller", "POST", f"{path}/x", {}).status_code == 404


class TestSets:
    @pytest.fixture
    def drafts(self, live_agency):
        found = []
        for number in (2, 3):
            document = add_document(live_agency, code=f"QT 0{number}/CX-HCTP", title=f"Số {number}")
            with acting("author"):
                actions.transition(document["rev-1"], "submit")
            found.append(document["rev-1"])
        transaction.commit()
        return found

    def items(self, drafts):
        return [{"uid": draft.UID(), "meaning": "review"} for draft in drafts]

    def test_signed_at_once_on_a_challenge(self, site, drafts):
        query = "&".join(f"uid={draft.UID()}" for draft in drafts)
        asked = site("reviewer", "GET", f"/@sign-set?{query}").json()
        assert [item["statement"] for item in asked["items"]] == [
            "I have reviewed “Số 2” (QT 02/CX-HCTP, number 01/00).",
            "I have reviewed “Số 3” (QT 03/CX-HCTP, number 01/00).",
        ]
        body = {
            "items": self.items(drafts),
            "password": PASSWORD,
            "challenge": asked["challenge"],
        }
        answer = site("reviewer", "POST", "/@sign-set", body)
        assert answer.status_code == 200
        assert [item["state"] for item in answer.json()["items"]] == ["in_approval"] * 2
        assert site("reviewer", "POST", "/@sign-set", body).status_code == 409

    def test_all_or_none(self, site, drafts):
        items = self.items(drafts)
        items[1]["meaning"] = "approval"
        answer = site("reviewer", "POST", "/@sign-set", {"items": items, "password": PASSWORD})
        assert answer.status_code == 409
        assert "QT 03/CX-HCTP" in answer.json()["message"]
        assert [api.content.get_state(draft) for draft in drafts] == ["in_review"] * 2

    def test_a_wrong_password(self, site, drafts):
        body = {"items": self.items(drafts), "password": "sai"}
        answer = site("reviewer", "POST", "/@sign-set", body)
        assert (answer.status_code, answer.json()["type"]) == (403, "ReauthenticationFailed")
        assert [api.content.get_state(draft) for draft in drafts] == ["in_review"] * 2
        assert trail.rows(drafts[0].__parent__.UID())[-1]["action"] == "reauthentication_failed"

    def test_only_what_waits_for_the_person(self, site, drafts):
        body = {"items": self.items(drafts), "password": PASSWORD}
        assert site("approver", "POST", "/@sign-set", body).status_code == 409
        assert site("reviewer", "POST", "/@sign-set", {"items": "x"}).status_code == 400
        assert site("reviewer", "POST", "/@sign-set", {"items": [{"uid": 5}]}).status_code == 400
        assert site("reviewer", "POST", "/@sign-set", {"items": []}).status_code == 400


class TestSignatures:
    def test_everybody_reads_what_is_printed(self, call, live_agency, live_document):
        draft = live_document["rev-1"]
        submit(draft)
        with acting("reviewer"):
            actions.sign(draft, "review", PASSWORD)
        with acting("approver"):
            actions.sign(draft, "approval", PASSWORD, "Đồng ý")
        transaction.commit()
        path = path_of(live_document, live_agency)
        for public in (f"{path}/@revisions/1", path):
            answer = call(None, "GET", public).json()
            rows = answer.get("revision_in_force", answer)["signatures"]
            assert [row["name"] for row in rows] == ["Trần Văn Xét", "Phạm Thị Duyệt"]
            assert "person" not in rows[0]
        whole = call("author", "GET", f"{path}/@revisions/1").json()["signatures"]
        assert [row["comment"] for row in whole] == ["", "Đồng ý"]
        assert whole[1]["previous"] == whole[0]["hash"]
