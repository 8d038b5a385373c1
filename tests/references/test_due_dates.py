"""Working days of the site, and when a result is due."""

from cast import add_document
from cast import issue
from cast import PASSWORD
from datetime import datetime
from datetime import time
from datetime import UTC
from eqms.domain import clock
from eqms.procedures.due import limit_of
from eqms.references.calendar import working_calendar
from eqms.trail import storage as trail
from lxml import html
from plone import api
from references.test_reference_pages import get
from references.test_reference_pages import JSON
from references.test_reference_pages import words
from references.test_reviewing_references import write
from zExceptions import BadRequest
import pytest
import requests
import transaction


SAID = "Ngay trong ngày tiếp nhận; nhận hồ sơ sau 15 giờ thì trả kết quả ngày làm việc tiếp theo"
ONE_DAY = {"label": "", "value": "1", "unit": "working_day", "basis": "01 ngày làm việc"}


def set_days(**records):
    for name, value in records.items():
        api.portal.set_registry_record(f"eqms.working_days.{name}", value)


class TestLimits:
    def test_words_of_the_procedure_make_one_day_an_in_day_limit(self):
        limit = limit_of(ONE_DAY, [ONE_DAY], SAID)
        assert (limit.in_day, limit.cut_off) == (True, time(15))

    def test_not_where_they_may_mean_another_case(self):
        other = {**ONE_DAY, "label": "khác"}
        assert not limit_of(ONE_DAY, [ONE_DAY, other], SAID).in_day

    def test_nor_where_they_do_not_say_so(self):
        limit = limit_of(ONE_DAY, [ONE_DAY], "01 ngày làm việc; hồ sơ nhận sau 15 giờ")
        assert (limit.in_day, limit.cut_off) == (False, None)

    def test_the_case_itself_may_say_so(self):
        case = {**ONE_DAY, "basis": "Ngay trong ngày", "cut_off": "16h"}
        limit = limit_of(case, [case, {**ONE_DAY, "label": "khác"}], "")
        assert (limit.in_day, limit.cut_off) == (True, time(16))

    def test_other_limits_take_no_hour_from_the_words(self):
        case = {**ONE_DAY, "value": "5"}
        assert limit_of(case, [case], SAID).cut_off is None

    def test_none(self):
        assert limit_of({"label": "x", "value": ""}, [], SAID) is None


class TestSettings:
    def test_swapped_days(self, agency):
        set_days(days_off=["02/01/2026 hoán đổi"], days_worked=["10/01/2026 làm bù"])
        calendar = working_calendar()
        assert not calendar.is_working(datetime(2026, 1, 2).date())
        assert calendar.is_working(datetime(2026, 1, 10).date())

    def test_each_change_has_a_row(self, agency):
        set_days(days_off=["02/01/2026 hoán đổi"])
        row = trail.rows(trail.SITE)[-1]
        assert (row["action"], row["details"]) == (
            "working_days_changed",
            {"record": "eqms.working_days.days_off", "changes": [[], ["02/01/2026 hoán đổi"]]},
        )
        set_days(days_off=["02/01/2026 hoán đổi"])
        assert trail.rows(trail.SITE)[-1] == row

    @pytest.mark.parametrize(
        "records",
        [{"days_off": ["mai"]}, {"days_worked": ["31/02/2026"]}, {"office_hours": "cả ngày"}],
    )
    def test_what_is_no_day_is_refused(self, agency, records):
        with pytest.raises(BadRequest):
            set_days(**records)


@pytest.fixture
def document(live_agency):
    made = add_document(live_agency, title="Khai sinh <b>")
    write(
        made["rev-1"],
        time_limit_text=SAID,
        scenarios=[
            ONE_DAY,
            {"label": "có xác minh", "value": "25", "unit": "day"},
            {"label": "phức tạp", "value": "1.5", "unit": "month"},
            {"label": "theo giờ", "value": "2", "unit": "hour"},
        ],
    )
    issue(made["rev-1"])
    set_days(days_off=["06/04/2026 nghỉ thêm"])
    transaction.commit()
    return made


class TestCalls:
    def test_each_case(self, document):
        url = f"{document.absolute_url()}/@due-dates?at=2026-03-06T15:30"
        answer = get(url, **JSON).json()
        assert answer["received_at"] == "2026-03-06T15:30:00+07:00"
        due = [(row["counted_from"], row["due_on"], row["due_hour"]) for row in answer["items"]]
        assert due == [
            ("2026-03-09", "2026-03-09", None),
            ("2026-03-06", "2026-03-31", None),
            (None, None, None),
            ("2026-03-06", "2026-03-06", "17:30"),
        ]
        assert answer["items"][0] | {"counted_from": "", "due_on": ""} == {
            "label": "",
            "value": "1",
            "unit": "working_day",
            "in_day": True,
            "cut_off": "15:00",
            "counted_from": "",
            "due_on": "",
            "due_hour": None,
        }

    def test_a_moment_of_another_zone(self, document):
        url = f"{document.absolute_url()}/@due-dates?at=2026-03-06T08:30:00Z"
        assert get(url, **JSON).json()["received_at"] == "2026-03-06T15:30:00+07:00"

    def test_now(self, document):
        with clock.frozen(datetime(2026, 3, 2, 1, tzinfo=UTC)):
            answer = get(f"{document.absolute_url()}/@due-dates", **JSON).json()
        assert answer["items"][0]["due_on"] == "2026-03-02"

    @pytest.mark.parametrize("at", ["mai", "2026-13-01", "0001-01-01T00:00", "9999-12-31T23:59"])
    def test_what_is_no_moment_or_too_far(self, document, at):
        answer = get(f"{document.absolute_url()}/@due-dates?at={at}", **JSON)
        assert answer.status_code == 400 or not any(row["due_on"] for row in answer.json()["items"])

    def test_what_is_not_in_force_has_none(self, live_document):
        url = f"{live_document.absolute_url()}/@due-dates"
        assert get(url, "author", **JSON).status_code == 404
        assert get(url, **JSON).status_code == 401

    def test_working_days(self, document, functional_portal):
        url = f"{functional_portal.absolute_url()}/@working-days"
        answer = get(f"{url}?year=2026", **JSON).json()
        assert {"day": "2026-04-06", "reason": "nghỉ thêm"} in answer["days_off"]
        assert answer["office_hours"][0] == {"from": "07:30", "until": "11:30"}
        for year in ("", "26", "1999", "9999", "hai"):
            assert get(f"{url}?year={year}", **JSON).status_code == 400


class TestPages:
    def test_the_answer(self, document):
        page = words(f"{document.absolute_url()}/@@due-dates?at=2026-03-06T15:30")
        assert "01 ngày làm việc" in page or "1 working day" in page
        assert "09/03/2026" in page
        assert "17:30 06/03/2026" in page
        assert "cannot be told" in page
        assert "Khai sinh <b>" in page

    def test_no_moment(self, document):
        answer = get(f"{document.absolute_url()}/@@due-dates?at=<script>")
        assert answer.status_code == 400
        assert "<script>”" not in answer.text

    def test_the_document_leads_there(self, document):
        assert "When is the result due?" in words(document.absolute_url())

    def test_working_days(self, document, functional_portal):
        page = words(f"{functional_portal.absolute_url()}/@@working-days?year=2026")
        assert "06/04/2026 nghỉ thêm" in page
        assert "02/09/2026 Quốc khánh" in page
        assert "22/08/2026" in page

    def test_the_programme_office_sets_them(self, document, functional_portal):
        with api.env.adopt_roles(["Manager"]):
            api.user.grant_roles(username="member", roles=["Programme Officer"])
        transaction.commit()
        url = f"{functional_portal.absolute_url()}/@@eqms-working-days-controlpanel"
        session = requests.Session()
        session.auth = ("member", PASSWORD)
        form = html.fromstring(session.get(url).text).get_element_by_id("form")
        data = dict(form.form_values()) | {
            "form.widgets.days_worked": "11/04/2026 làm bù",
            "form.buttons.save": "Save",
        }
        session.post(url, data=data)
        transaction.begin()
        assert working_calendar().is_working(datetime(2026, 4, 11).date())
        assert trail.rows(trail.SITE)[-1]["actor"] == "member"

    def test_nobody_of_an_agency_does(self, document, functional_portal):
        url = f"{functional_portal.absolute_url()}/@@eqms-working-days-controlpanel"
        assert "days_worked" not in get(url, "controller").text
