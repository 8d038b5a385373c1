"""The pages on which people sign, plan routes and name substitutes."""

from cast import acting
from cast import add_document
from cast import PASSWORD
from datetime import timedelta
from eqms.approval import actions
from eqms.approval import substitution
from eqms.approval import waivers
from eqms.approval.record import record_of
from eqms.approval.routes import plans_of
from eqms.approval.tasks import tasks_of
from eqms.documents.dates import site_zone
from eqms.domain.clock import today
from eqms.domain.route import Waived
from eqms.domain.route_plan import data_of
from lxml import html
from plone import api
from urllib.parse import urljoin
import pytest
import transaction


class Browser:
    """A person at the pages of the site."""

    def __init__(self, session, site, person):
        self.session, self.site = session, site
        self.session.headers["Accept"] = "text/html"
        self.session.auth = (person, PASSWORD)

    def get(self, url):
        self.answer = self.session.get(url)
        transaction.begin()
        self.page = html.fromstring(self.answer.text)
        return self

    def form(self, xpath):
        [form] = self.page.xpath(xpath)
        return form

    def send(self, xpath, button, **values):
        form = self.form(xpath)
        data = [
            (name, value)
            for name, value in form.form_values()
            if name not in values and not name.startswith("form.buttons")
        ]
        for name, value in values.items():
            data += [(name, item) for item in (value if isinstance(value, list) else [value])]
        target = form.get("action") or self.answer.url
        target = urljoin(self.answer.url, target)
        if form.method == "GET":
            self.answer = self.session.get(target, params=data)
        else:
            self.answer = self.session.post(target, data=[*data, (button, "x")])
        transaction.begin()
        self.page = html.fromstring(self.answer.text)
        return self

    def text(self, xpath="//body"):
        return " ".join(" ".join(found.text_content() for found in self.page.xpath(xpath)).split())


@pytest.fixture
def at(functional_portal, request_factory):
    """A browser in the hands of a person."""
    return lambda person: Browser(request_factory(), functional_portal.absolute_url(), person)


Z3C = "//form[contains(@class, 'rowlike') or @id='form']"


def submit(draft):
    with acting("author"):
        actions.transition(draft, "submit")
    transaction.commit()


class TestSigning:
    def test_the_page_shows_what_is_signed_and_takes_the_signature(self, at, live_document):
        draft = live_document["rev-1"]
        submit(draft)
        page = at("reviewer").get(f"{draft.absolute_url()}/@@sign")
        assert "I have reviewed “Đăng ký khai sinh”" in page.text("//*[@id='eqms-sign-statement']")
        assert page.page.xpath("//section[contains(@class, 'eqms-redline')]")
        assert not page.page.xpath("//*[contains(@name, 'on_behalf_of')]")
        page.send(Z3C, "form.buttons.sign", **{"form.widgets.password": "sai"})
        assert page.answer.status_code == 403
        assert "not right" in page.text("//*[contains(@class, 'alert-danger')]")
        page.send(Z3C, "form.buttons.sign", **{"form.widgets.password": PASSWORD})
        assert api.content.get_state(draft) == "in_approval"

    def test_capacity_and_place_are_chosen(self, at, live_agency, live_document):
        draft = live_document["rev-1"]
        live_agency.leaders = [
            {"person": "member", "title": "Phó Chủ tịch", "rank": "deputy", "fields": ""}
        ]
        live_agency.collective = "Ủy ban nhân dân"
        day = today(site_zone())
        with acting("reviewer"):
            substitution.record("reviewer", "member", day, day, "Họp")
        submit(draft)
        page = at("member").get(f"{draft.absolute_url()}/@@sign")
        assert "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH" in page.text()
        page.send(
            Z3C,
            "form.buttons.sign",
            **{"form.widgets.password": PASSWORD, "form.widgets.capacity:list": "TM-KT"},
        )
        [row] = record_of(draft).signatures
        assert (row.on_behalf_of, row.capacity) == ("reviewer", "TM-KT")
        page = at("controller").get(draft.absolute_url())
        assert "in place of Trần Văn Xét (absent from" in page.text()

    def test_who_may_not_sign_reads_why(self, at, live_document):
        draft = live_document["rev-1"]
        submit(draft)
        page = at("author").get(f"{draft.absolute_url()}/@@sign")
        assert "somebody else" in page.text("//*[@id='eqms-sign-refusal']")
        assert not page.page.xpath("//input[@type='password']")

    def test_the_panel_shows_the_route(self, at, live_document):
        draft = live_document["rev-1"]
        page = at("author").get(draft.absolute_url())
        assert "review later Trần Văn Xét approval later" in page.text("//*[@class='eqms-route']")
        submit(draft)
        page.get(draft.absolute_url())
        assert "review open Trần Văn Xét (waits)" in page.text("//*[@class='eqms-route']")


class TestCover:
    def test_everybody_sees_it_once_the_document_is_issued(self, at, live_agency, live_document):
        live_agency.leaders = [
            {"person": "approver", "title": "Phó Giám đốc", "rank": "deputy", "fields": ""}
        ]
        draft = live_document["rev-1"]
        submit(draft)
        with acting("reviewer"):
            actions.sign(draft, "review", PASSWORD)
        transaction.commit()
        cover = "//table[contains(@class, 'eqms-cover')]"
        assert not at("author").get(draft.absolute_url()).page.xpath(cover)
        with acting("approver"):
            actions.sign(draft, "approval", PASSWORD, "Đồng ý")
        transaction.commit()
        visitor = at("member")
        visitor.session.auth = None
        text = visitor.get(live_document.absolute_url()).text(cover)
        assert "Drafted Reviewed Approved Lê Thị Soạn Trần Văn Xét" in text
        assert "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Phạm Thị Duyệt" in text
        assert "Đồng ý" not in visitor.answer.text


class TestSets:
    def test_choosing_looking_signing(self, at, live_agency, functional_portal):
        evil = "<img src=x onerror=alert(1)>"
        drafts = []
        for number, title in ((2, "Cấp bản sao"), (3, evil), (4, "Chứng thực")):
            document = add_document(live_agency, code=f"QT 0{number}/CX-HCTP", title=title)
            submit(document["rev-1"])
            drafts.append(document["rev-1"])
        page = at("reviewer").get(f"{functional_portal.absolute_url()}/@@signing-set")
        assert len(page.page.xpath("//input[@type='checkbox'][@name='uid:list']")) == 3
        assert "<img src=x" not in page.answer.text
        chosen = [draft.UID() for draft in drafts[:2]]
        page.send("//form[@id='eqms-signing-set-choice']", "", **{"uid:list": chosen})
        assert "I have reviewed “Cấp bản sao”" in page.text()
        page.send("//form[@id='eqms-signing-set']", "sign", password="sai")
        assert page.answer.status_code == 403
        page.send("//form[@id='eqms-signing-set']", "sign", password=PASSWORD)
        assert [api.content.get_state(draft) for draft in drafts] == [
            "in_approval",
            "in_approval",
            "in_review",
        ]

    def test_without_a_challenge_nothing_is_signed(self, at, live_document, functional_portal):
        draft = live_document["rev-1"]
        submit(draft)
        page = at("reviewer").get(
            f"{functional_portal.absolute_url()}/@@signing-set?uid={draft.UID()}"
        )
        page.send("//form[@id='eqms-signing-set']", "sign", password=PASSWORD, challenge="")
        assert page.page.xpath("//*[@id='eqms-signing-set-refusal']")
        assert api.content.get_state(draft) == "in_review"


class TestRoute:
    def test_of_a_document(self, at, live_document):
        page = at("controller").get(f"{live_document.absolute_url()}/@@route")
        page.send(
            Z3C,
            "form.buttons.save",
            **{
                "form.widgets.steps.0.widgets.title": "Thẩm định",
                "form.widgets.steps.0.widgets.members:list": [
                    "person:approver",
                    "function:reviewers",
                ],
                "form.widgets.steps.0.widgets.need:list": "all",
                "form.widgets.steps.0.widgets.due_days": "5",
                "form.widgets.steps.1.widgets.others": "group:to-tham-dinh",
            },
        )
        steps = data_of(live_document._route_plan)["steps"]
        assert steps[0]["title"] == "Thẩm định"
        assert steps[0]["members"] == ["person:approver", "function:reviewers"]
        assert (steps[0]["need"], steps[0]["due_days"]) == ("all", 5)
        assert steps[1]["members"] == ["function:approvers", "group:to-tham-dinh"]
        page.get(f"{live_document.absolute_url()}/@@route")
        page.send(Z3C, "form.buttons.remove")
        assert live_document._route_plan is None

    def test_what_is_wrong_is_shown(self, at, live_document):
        page = at("controller").get(f"{live_document.absolute_url()}/@@route")
        field = {"form.widgets.steps.0.widgets.phase:list": "approval"}
        field["form.widgets.steps.1.widgets.phase:list"] = "review"
        page.send(Z3C, "form.buttons.save", **field)
        assert "cannot follow" in page.text("//*[contains(@class, 'alert-danger')]")

    def test_of_an_agency_by_type(self, at, live_agency):
        page = at("controller").get(f"{live_agency.absolute_url()}/@@route?portal_type=Procedure")
        page.send(Z3C, "form.buttons.save")
        assert list(plans_of(live_agency)) == ["Procedure"]
        answer = at("controller").get(f"{live_agency.absolute_url()}/@@route?portal_type=Folder")
        assert answer.answer.status_code == 404

    @pytest.mark.parametrize("person", ["author", "approver"])
    def test_who_may_not(self, at, live_document, person):
        page = at(person).get(f"{live_document.absolute_url()}/@@route")
        assert "insufficient-privileges" in page.answer.url


class TestPeople:
    def test_ones_own_substitute(self, at, live_agency, functional_portal):
        url = f"{functional_portal.absolute_url()}/@@substitutions"
        day = today(site_zone())
        values = {
            "form.widgets.substitute:list": "reviewer",
            "form.widgets.start": day.isoformat(),
            "form.widgets.end": (day + timedelta(3)).isoformat(),
            "form.widgets.reason": "Nghỉ <b>phép</b>",
        }
        page = at("approver").get(url).send(Z3C, "form.buttons.record", **values)
        [row] = substitution.rows_of("approver")
        assert (row.substitute, row.start) == ("reviewer", day)
        assert "Nghỉ <b>phép</b>" in page.text("//*[@id='eqms-substitutions']")
        page.send("//table[@id='eqms-substitutions']//form", "form.buttons.end")
        assert not substitution.represented_by("reviewer")

    def test_of_somebody_of_the_agency(self, at, live_agency):
        url, day = f"{live_agency.absolute_url()}/@@substitutions", today(site_zone()).isoformat()
        values = {
            "form.widgets.absent:list": "approver",
            "form.widgets.substitute:list": "approver",
            "form.widgets.start": day,
            "form.widgets.end": day,
            "form.widgets.reason": "Ốm",
        }
        page = at("controller").get(url).send(Z3C, "form.buttons.record", **values)
        assert "himself" in page.text("//*[contains(@class, 'alert-danger')]")
        values["form.widgets.substitute:list"] = "reviewer"
        page.send(Z3C, "form.buttons.record", **values)
        assert substitution.represented_by("reviewer")

    def test_handing_over(self, at, live_document):
        draft = live_document["rev-1"]
        submit(draft)
        page = at("controller").get(f"{draft.absolute_url()}/@@reassign")
        values = {"form.widgets.to:list": "controller", "form.widgets.reason": "Nghỉ hưu"}
        page.send(
            Z3C, "form.buttons.reassign", **values, **{"form.widgets.person:list": "reviewer"}
        )
        assert len(tasks_of("controller")) == 1

    def test_a_waiver(self, at, live_agency):
        url, day = f"{live_agency.absolute_url()}/@@waivers", today(site_zone()).isoformat()
        values = {
            "form.widgets.rule:list": "author_reviews",
            "form.widgets.number": "12/QĐ-UBND",
            "form.widgets.decided_on": day,
            "form.widgets.reference": "Lưu: VT",
            "form.widgets.start": day,
            "form.widgets.end": day,
        }
        at("controller").get(url).send(Z3C, "form.buttons.record", **values)
        [waiver] = waivers.waivers(live_agency)
        page = at("approver").get(f"{live_agency.absolute_url()}/@@confirm-waiver")
        field = {"form.widgets.waiver:list": waiver.id, "form.widgets.password": "sai"}
        assert page.send(Z3C, "form.buttons.confirm", **field).answer.status_code == 403
        field["form.widgets.password"] = PASSWORD
        page.send(Z3C, "form.buttons.confirm", **field)
        assert list(waivers.in_force(live_agency)) == [Waived.AUTHOR_REVIEWS]
        page = at("controller").get(url)
        assert "Confirmed by Phạm Thị Duyệt" in page.text()
        page.send("//ul[@id='eqms-waivers']//form", "form.buttons.end")
        assert not waivers.in_force(live_agency)
