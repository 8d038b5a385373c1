"""Taking over what was in force on paper: window, mark, correction, confirmation."""

from AccessControl.PermissionRole import rolesForPermissionOn
from cast import acting
from cast import add_document
from cast import issue
from cast import make_agency
from cast import PASSWORD
from datetime import date
from datetime import datetime
from datetime import UTC
from eqms.approval import actions
from eqms.documents.browser.migration import MigrationPanel
from eqms.documents.coding import register_of_codes
from eqms.documents.content import register_of
from eqms.documents.correction import correct
from eqms.documents.drafting import revise
from eqms.documents.errors import Conflict
from eqms.documents.indexers import is_unconfirmed
from eqms.documents.indexers import revision_in_force
from eqms.documents.migration import close_window
from eqms.documents.migration import confirm
from eqms.documents.migration import open_window
from eqms.documents.migration import take_over
from eqms.documents.migration import window_of
from eqms.documents.snapshot import hash_of
from eqms.domain import chain
from eqms.domain import clock
from eqms.trail import storage as trail
from plone import api
from zExceptions import BadRequest
from zExceptions import Forbidden
from zope.event import notify
from zope.globalrequest import getRequest
from zope.lifecycleevent import ObjectModifiedEvent
import pytest


UNTIL = date(2026, 3, 31)
IN_THE_WINDOW = datetime(2026, 3, 10, 3, tzinfo=UTC)
LAST_SECOND = datetime(2026, 3, 31, 16, 59, 59, tzinfo=UTC)
"""23:59:59 in Việt Nam."""
NEXT_DAY = datetime(2026, 3, 31, 17, tzinfo=UTC)
ISSUED = date(2025, 7, 7)


@pytest.fixture(autouse=True)
def stopped_clock():
    with clock.frozen(IN_THE_WINDOW):
        yield


def opened(agency, until=UNTIL):
    with api.env.adopt_roles(["Manager"]):
        return open_window(agency, until, "Chuyển tài liệu giấy")


@pytest.fixture
def draft(document):
    return document["rev-1"]


@pytest.fixture
def migrated(agency, draft):
    opened(agency)
    with acting("controller"):
        take_over(draft, ISSUED, batch="b-1")
    return draft


class TestWindow:
    def test_none_is_open_at_first(self, agency):
        assert window_of(agency) is None

    def test_opening_is_audited_with_reason_and_last_day(self, agency):
        window = opened(agency)
        assert window_of(agency) == window
        row = trail.rows(agency.UID())[-1]
        assert row["action"] == "migration_window_opened"
        assert row["details"] == {"until": "2026-03-31", "reason": "Chuyển tài liệu giấy"}

    def test_closing_is_audited_and_takes_the_permission_away(self, agency):
        opened(agency)
        assert "Document Controller" in rolesForPermissionOn("eqms: Migrate documents", agency)
        with api.env.adopt_roles(["Manager"]):
            close_window(agency)
        assert window_of(agency) is None
        assert trail.rows(agency.UID())[-1]["action"] == "migration_window_closed"
        assert rolesForPermissionOn("eqms: Migrate documents", agency) == ()

    def test_it_lasts_to_the_end_of_its_last_day_in_the_zone_of_the_site(self, agency):
        opened(agency)
        with clock.frozen(LAST_SECOND):
            assert window_of(agency) is not None
        with clock.frozen(NEXT_DAY):
            assert window_of(agency) is None

    def test_one_that_has_run_out_can_still_be_closed(self, agency):
        opened(agency)
        with clock.frozen(NEXT_DAY), api.env.adopt_roles(["Manager"]):
            close_window(agency)
            with pytest.raises(Conflict):
                close_window(agency)

    def test_it_needs_a_reason_and_a_day_to_come(self, agency):
        with api.env.adopt_roles(["Manager"]):
            with pytest.raises(BadRequest):
                open_window(agency, UNTIL, "  ")
            with pytest.raises(BadRequest):
                open_window(agency, date(2026, 3, 9), "Quá hạn")
            assert open_window(agency, date(2026, 3, 10), "Hôm nay").until == date(2026, 3, 10)

    @pytest.mark.parametrize("who", ["author", "approver", "controller"])
    def test_people_of_the_agency_open_none_themselves(self, agency, who):
        with acting(who), pytest.raises(Forbidden):
            open_window(agency, UNTIL, "Tự mở")
        opened(agency)
        with acting(who), pytest.raises(Forbidden):
            close_window(agency)

    def test_a_copied_agency_has_none(self, portal, agency):
        opened(agency)
        with api.env.adopt_roles(["Manager"]):
            copied = api.content.copy(agency, portal, id="copied")
        assert window_of(agency) is not None
        assert window_of(copied) is None
        assert rolesForPermissionOn("eqms: Migrate documents", copied) == ()


class TestTakeOver:
    def test_the_revision_is_in_force_since_the_day_on_paper(self, document, migrated):
        assert api.content.get_state(migrated) == "in_force"
        assert migrated.in_force_from == datetime(2025, 7, 6, 17, tzinfo=UTC)
        assert migrated.issued_at == migrated.in_force_from
        assert migrated.approved_at is None
        assert revision_in_force(document).getId() == migrated.getId()
        [interval] = register_of(document).intervals
        assert (interval.start, interval.recorded_at) == (migrated.in_force_from, IN_THE_WINDOW)
        assert api.content.get_state(document) == "public"

    def test_it_is_marked_and_audited(self, document, migrated):
        assert is_unconfirmed(migrated)
        assert migrated.taken_over == {
            "batch": "b-1",
            "by": "controller",
            "at": "2026-03-10T03:00:00+00:00",
        }
        row = trail.rows(document.UID())[-1]
        assert (row["action"], row["actor"]) == ("migrate", "controller")
        assert row["details"]["batch"] == "b-1"
        assert row["details"]["in_force_since"] == "2025-07-07"

    def test_the_day_of_issue_may_lie_before_the_day_in_force(self, agency, draft):
        opened(agency)
        with acting("controller"):
            take_over(draft, ISSUED, issued_on=date(2025, 7, 1))
        assert draft.issued_at == datetime(2025, 6, 30, 17, tzinfo=UTC)
        assert draft.in_force_from == datetime(2025, 7, 6, 17, tzinfo=UTC)

    @pytest.mark.parametrize("day", [date(2026, 3, 11), date(1900, 1, 1), date.min])
    def test_no_document_is_in_force_since_such_a_day(self, agency, draft, day):
        opened(agency)
        with acting("controller"), pytest.raises(BadRequest):
            take_over(draft, day)
        with acting("controller"), pytest.raises(BadRequest):
            take_over(draft, ISSUED, issued_on=day)

    @pytest.mark.parametrize(
        "roles", [["Manager"], ["Document Controller"], ["Site Administrator"]]
    )
    def test_without_a_window_nobody_may(self, draft, roles):
        with api.env.adopt_roles(roles), pytest.raises(Forbidden):
            take_over(draft, ISSUED)
        assert api.content.get_state(draft) == "draft"

    def test_a_window_that_has_run_out_is_none(self, agency, draft):
        opened(agency)
        with clock.frozen(NEXT_DAY), acting("controller"), pytest.raises(Forbidden):
            take_over(draft, ISSUED)
        with clock.frozen(NEXT_DAY), api.env.adopt_roles(["Manager"]), pytest.raises(Forbidden):
            take_over(draft, ISSUED)

    @pytest.mark.parametrize("who", ["author", "reviewer", "approver", "member"])
    def test_in_the_window_only_controllers_may(self, agency, draft, who):
        opened(agency)
        with acting(who), pytest.raises(Forbidden):
            take_over(draft, ISSUED)

    def test_the_window_of_another_agency_does_not_count(self, portal, draft):
        opened(make_agency(portal, "Sở Nội vụ", "SNV", {"other": ("Hồ Thị Khác", "controllers")}))
        for who in ("controller", "other"):
            with acting(who), pytest.raises(Forbidden):
                take_over(draft, ISSUED)

    def test_it_never_replaces_a_revision_issued_here(self, agency, document, draft):
        issue(draft)
        opened(agency)
        with acting("controller"):
            following = revise(document)
            with pytest.raises(Conflict):
                take_over(following, ISSUED)
        assert revision_in_force(document).getId() == "rev-1"

    def test_nor_goes_past_a_route_that_was_begun(self, agency, draft):
        with acting("author"):
            actions.transition(draft, "submit")
        with acting("reviewer"):
            actions.transition(draft, "reject", "Thiếu biểu mẫu")
        opened(agency)
        with acting("controller"), pytest.raises(Conflict):
            take_over(draft, ISSUED)

    def test_without_a_code_nothing_is_taken_over(self, agency):
        document = add_document(agency, code=None, title="Chưa có mã")
        opened(agency)
        with acting("controller"), pytest.raises(Conflict):
            take_over(document["rev-1"], ISSUED)

    def test_the_next_revision_replaces_it_as_any_other(self, document, migrated):
        with acting("author"):
            following = revise(document)
            following.amendments = [{"number": "01/01", "summary": "Thêm", "ground": "NĐ 1"}]
            notify(ObjectModifiedEvent(following))
        issue(following)
        assert api.content.get_state(migrated) == "superseded"
        assert not is_unconfirmed(following)


class TestConfirm:
    def test_an_approver_confirms(self, document, migrated):
        [brain] = api.content.find(UID=document.UID())
        assert brain.eqms_unconfirmed is True
        with acting("approver"):
            confirm(migrated)
        assert not is_unconfirmed(migrated)
        assert migrated.taken_over["confirmed_by"] == "approver"
        [brain] = api.content.find(UID=document.UID())
        assert brain.eqms_unconfirmed is False
        row = trail.rows(document.UID())[-1]
        assert (row["action"], row["actor"]) == ("migration_confirmed", "approver")
        assert row["details"]["content_hash"] == migrated.content_hash

    @pytest.mark.parametrize("who", ["author", "reviewer", "controller", "member"])
    def test_nobody_else_does(self, migrated, who):
        with acting(who), pytest.raises(Forbidden):
            confirm(migrated)

    def test_a_manager_does_not(self, migrated):
        with api.env.adopt_roles(["Manager"]), pytest.raises(Forbidden):
            confirm(migrated)

    def test_nor_who_wrote_in_it(self, agency, migrated):
        api.group.add_user(groupname=agency.group_ids["approvers"], username="author")
        assert "author" in migrated.saved_by
        with acting("author"), pytest.raises(Forbidden):
            confirm(migrated)

    def test_once(self, migrated):
        with acting("approver"):
            confirm(migrated)
            with pytest.raises(Conflict):
                confirm(migrated)

    def test_what_was_approved_here_needs_no_confirmation(self, draft):
        issue(draft)
        with acting("approver"), pytest.raises(Conflict):
            confirm(draft)

    def test_content_altered_behind_the_scenes_is_not_confirmed(self, migrated):
        migrated.title = "Đã bị sửa lén"
        with acting("approver"), pytest.raises(Conflict):
            confirm(migrated)


class TestCorrect:
    def test_the_old_value_goes_to_the_trail(self, document, migrated):
        before = migrated.content_hash
        with acting("controller"):
            correct(migrated, {"title": "Đăng ký lại khai sinh"}, "Đọc sai tên")
        assert migrated.title == document.title == "Đăng ký lại khai sinh"
        assert migrated.content_hash == hash_of(migrated) != before
        rows = trail.rows(document.UID())
        assert rows[-1]["action"] == "migration_corrected"
        assert rows[-1]["details"]["reason"] == "Đọc sai tên"
        assert rows[-1]["details"]["changes"] == {
            "title": ["Đăng ký khai sinh", "Đăng ký lại khai sinh"]
        }
        assert chain.verify(rows) == []
        [brain] = api.content.find(UID=document.UID())
        assert brain.Title == "Đăng ký lại khai sinh"

    def test_who_corrects_is_an_author_from_then_on(self, agency, migrated):
        assert "controller" not in migrated.saved_by
        with acting("controller"):
            correct(migrated, {"title": "Tên khác"}, "Đọc sai")
        assert "controller" in migrated.saved_by
        api.group.add_user(groupname=agency.group_ids["approvers"], username="controller")
        with acting("controller"), pytest.raises(Forbidden):
            confirm(migrated)
        with acting("approver"):
            confirm(migrated)

    def test_the_code_can_be_put_right_and_the_wrong_one_is_free(self, agency, document, migrated):
        with acting("controller"):
            correct(migrated, {"code": "QT 02/CX-HCTP"}, "Đọc sai mã")
        register = register_of_codes(agency)
        assert document.code == "QT 02/CX-HCTP"
        assert register.holders("QT 01/CX-HCTP") == ()
        [holder] = register.holders("QT 02/CX-HCTP")
        assert holder.frozen
        changes = trail.rows(document.UID())[-1]["details"]["changes"]
        assert changes == {"code": ["QT 01/CX-HCTP", "QT 02/CX-HCTP"]}

    def test_a_code_that_another_document_holds_is_refused(self, agency, migrated):
        add_document(agency, code="QT 02/CX-HCTP", title="Khác")
        with acting("controller"), pytest.raises(BadRequest):
            correct(migrated, {"code": "QT 02/CX-HCTP"}, "Trùng")

    def test_the_code_stays_with_the_field_and_level(self, agency, migrated):
        with acting("controller"):
            correct(migrated, {"field": "HT", "level": "CX"}, "Thiếu lĩnh vực")
        [holder] = register_of_codes(agency).holders("QT 01/CX-HCTP")
        assert (holder.scope, holder.frozen) == (("HT", "CX"), True)

    def test_readers_follow_a_corrected_classification(self, document, migrated):
        with acting("controller"):
            correct(migrated, {"classification": "internal"}, "Tài liệu nội bộ")
        assert api.content.get_state(document) == "internal"

    @pytest.mark.parametrize(
        "changes",
        [
            {},
            {"seq": 7},
            {"saved_by": []},
            {"review_interval": 12},
            {"issue_no": "một"},
            {"title": None},
        ],
    )
    def test_other_changes_are_refused(self, migrated, changes):
        with acting("controller"), pytest.raises(BadRequest):
            correct(migrated, changes, "Thử")

    def test_a_document_in_force_keeps_a_code(self, migrated):
        with acting("controller"), pytest.raises(Conflict):
            correct(migrated, {"code": None}, "Bỏ mã")

    def test_a_reason_is_needed(self, migrated):
        with acting("controller"), pytest.raises(BadRequest):
            correct(migrated, {"title": "Tên khác"}, " ")

    @pytest.mark.parametrize("who", ["author", "approver", "member"])
    def test_only_controllers_correct(self, migrated, who):
        with acting(who), pytest.raises(Forbidden):
            correct(migrated, {"title": "Tên khác"}, "Thử")

    def test_without_a_window_nobody_corrects(self, migrated):
        with clock.frozen(NEXT_DAY):
            with acting("controller"), pytest.raises(Forbidden):
                correct(migrated, {"title": "Tên khác"}, "Thử")
            with api.env.adopt_roles(["Manager"]), pytest.raises(Forbidden):
                correct(migrated, {"title": "Tên khác"}, "Thử")

    def test_what_is_confirmed_is_not_corrected(self, migrated):
        with acting("approver"):
            confirm(migrated)
        with acting("controller"), pytest.raises(Conflict):
            correct(migrated, {"title": "Tên khác"}, "Muộn")

    def test_what_was_approved_here_is_not_corrected(self, agency, draft):
        issue(draft)
        opened(agency)
        with acting("controller"), pytest.raises(Conflict):
            correct(draft, {"title": "Tên khác"}, "Thử")

    def test_afterwards_every_other_channel_is_as_closed_as_before(self, migrated):
        with acting("controller"):
            correct(migrated, {"title": "Tên khác"}, "Đọc sai")
        for roles in (["Manager"], ["Document Controller"]):
            with api.env.adopt_roles(roles):
                assert not api.user.has_permission("Modify portal content", obj=migrated)
                migrated.title = "Tên khác nữa"
                with pytest.raises(Forbidden):
                    notify(ObjectModifiedEvent(migrated))


class TestPanel:
    def shown(self, context, who):
        with acting(who):
            viewlet = MigrationPanel(context, getRequest(), None, None)
            viewlet.update()
            return viewlet.available()

    def test_approvers_find_the_way_to_confirm(self, document, migrated):
        for context in (document, migrated):
            assert self.shown(context, "approver")
            assert not self.shown(context, "author")
            assert not self.shown(context, "member")

    def test_an_approver_who_entered_it_does_not(self, agency, document, migrated):
        api.group.add_user(groupname=agency.group_ids["approvers"], username="author")
        assert not self.shown(document, "author")

    def test_it_goes_with_the_confirmation(self, document, migrated):
        with acting("approver"):
            confirm(migrated)
        assert not self.shown(document, "approver")

    def test_drafts_and_what_was_approved_here_have_none(self, document, draft):
        assert not self.shown(document, "approver")
        issue(draft)
        assert not self.shown(document, "approver")


class TestRest:
    def test_window_migration_and_confirmation(self, live_agency, request_factory):
        url = f"/{live_agency.getId()}"
        manager = request_factory(role="Manager")
        manager_answer = manager.post(
            f"{url}/@migration-window", json={"until": "2026-03-31", "reason": "Chuyển đổi"}
        )
        assert manager_answer.status_code == 201
        expected = {"open": True, "until": "2026-03-31", "reason": "Chuyển đổi"}
        assert expected.items() <= manager_answer.json().items()
        assert expected.items() <= request_factory().get(f"{url}/@migration-window").json().items()
        assert manager.delete(f"{url}/@migration-window").status_code == 204
        assert manager.delete(f"{url}/@migration-window").status_code == 409
        assert manager.get(f"{url}/@migration-window").json()["open"] is False

    @pytest.mark.parametrize(
        "body",
        [
            {"until": "31/03/2026", "reason": "x"},
            {"until": "2026-03-01", "reason": "x"},
            {"until": "2026-03-31"},
            {"until": 3, "reason": "x"},
        ],
    )
    def test_a_bad_window_is_refused(self, live_agency, request_factory, body):
        manager = request_factory(role="Manager")
        answer = manager.post(f"/{live_agency.getId()}/@migration-window", json=body)
        assert answer.status_code == 400

    def test_a_controller_opens_none(self, live_agency, request_factory):
        controller = request_factory(basic_auth=("controller", PASSWORD))
        answer = controller.post(
            f"/{live_agency.getId()}/@migration-window",
            json={"until": "2026-03-31", "reason": "Tự mở"},
        )
        assert answer.status_code == 401
