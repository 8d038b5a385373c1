"""Codes of documents: unique in their scope by every channel, frozen after issue, never reused."""

from cast import acting
from cast import add_document
from cast import issue
from cast import make_agency
from cast import PASSWORD
from datetime import timedelta
from eqms.approval import actions
from eqms.documents.asof import Moment
from eqms.documents.coding import former_codes
from eqms.documents.coding import register_of_codes
from eqms.documents.coding import suggest
from eqms.documents.drafting import revise
from eqms.documents.duplicates import duplicates
from eqms.documents.errors import Conflict
from eqms.documents.listing import Question
from eqms.documents.master_list import find
from eqms.documents.validity import copies_by_number
from eqms.domain import clock
from eqms.trail import storage as trail
from functools import partial
from io import BytesIO
from openpyxl import load_workbook
from plone import api
from plone.dexterity.utils import createContentInContainer
from zExceptions import BadRequest
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
import pytest
import transaction


def recode(document, code, by="author"):
    """Change the code as the form does."""
    with acting(by):
        document.code = code
        notify(ObjectModifiedEvent(document))


def remove(document):
    with acting("author"):
        document.__parent__.manage_delObjects([document.getId()])


@pytest.fixture
def other_agency(portal, agency):
    people = {"other_author": ("Hồ Văn Khác", "authors")}
    return make_agency(portal, "Sở Nội vụ", "SNV", people)


class TestUnique:
    @pytest.mark.parametrize(
        "same",
        [
            "QT 01/CX-HCTP",
            "qt 01/cx-hctp",
            "QT  01 / CX – HCTP",
            "QT 01/CX\u2212HCTP",
            " QT 01/CX-HCTP ",
        ],
    )
    def test_a_code_is_taken_however_it_is_written(self, agency, document, same):
        with pytest.raises(BadRequest, match=r"(?i)QT +01"):
            add_document(agency, code=same, title="Khác")

    def test_decomposed_vietnamese_is_the_same_code(self, agency):
        add_document(agency, code="QT 01/ĐẤT", title="Một")
        with pytest.raises(BadRequest):
            add_document(agency, code="QT 01/\u0110A\u0302\u0301T", title="Hai")

    def test_the_code_is_stored_in_one_form(self, agency):
        document = add_document(agency, code="  QT   05–CX ", title="Một")
        assert document.code == "QT 05-CX"

    def test_field_and_level_are_the_scope(self, agency):
        add_document(agency, code="QT 01", title="Một", field="HT", level="CX")
        add_document(agency, code="QT 01", title="Hai", field="HT", level="CT")
        add_document(agency, code="QT 01", title="Ba", field="CT", level="CX")
        with pytest.raises(BadRequest):
            add_document(agency, code="qt 01", title="Bốn", field="HT", level="CX")

    def test_another_agency_is_another_scope(self, agency, other_agency, document):
        assert add_document(other_agency, code=document.code, by="other_author").code

    def test_another_type_is_no_other_scope(self, agency, document):
        with pytest.raises(BadRequest):
            add_document(agency, code=document.code, portal_type="QualityManual")

    def test_changing_it_is_checked_too(self, agency, document):
        other = add_document(agency, code="QT 02", title="Khác")
        savepoint = transaction.savepoint()
        with pytest.raises(BadRequest):
            recode(other, "qt 01/cx-hctp")
        savepoint.rollback()
        assert other.code == "QT 02"
        recode(other, "QT 02")
        recode(other, "QT 03")
        assert [holder.code for holder in register_of_codes(agency).holders("QT 02")] == []

    def test_python_and_rest_ask_the_same_register(self, live_document, request_factory):
        session = request_factory(basic_auth=("author", PASSWORD))
        path = "so-tu-phap"
        body = {"@type": "Procedure", "title": "Khác", "code": "qt 01/cx-hctp"}
        answer = session.post(path, json=body)
        assert (answer.status_code, answer.json()["type"]) == (400, "BadRequest")
        other = session.post(path, json={**body, "code": "QT 02"}).json()["@id"]
        answer = session.patch(other, json={"code": live_document.code})
        assert answer.status_code == 400
        transaction.begin()
        with acting("author"), pytest.raises(BadRequest):
            createContentInContainer(
                live_document.__parent__, "QualityPolicy", title="Khác", code="QT 02"
            )

    def test_a_document_may_wait_without_a_code(self, agency):
        documents = [add_document(agency, code=None, title="Chưa có mã") for _ in range(2)]
        assert [document.code for document in documents] == [None, None]
        recode(documents[0], "QT 08")
        with pytest.raises(BadRequest):
            recode(documents[1], "QT 08")

    def test_the_scope_is_that_of_the_draft(self, agency):
        with acting("author"):
            first = api.content.create(
                agency, "Procedure", title="Một", code="QT 01", field="HT", level="CX"
            )
        second = add_document(agency, code="QT 02", title="Hai", field="HT", level="CX")
        third = add_document(agency, code="QT 03", title="Ba", field="CT", level="CX")
        assert first.code == "QT 01"
        savepoint = transaction.savepoint()
        with pytest.raises(BadRequest):
            recode(second, "QT 01")
        savepoint.rollback()
        recode(third, "QT 01")

    def test_a_draft_does_not_slip_into_a_scope_where_its_code_is_taken(self, agency):
        add_document(agency, code="QT 01", title="Một", field="HT", level="CX")
        other = add_document(agency, code="QT 01", title="Hai", field="CT", level="CX")
        savepoint = transaction.savepoint()
        with acting("author"), pytest.raises(BadRequest):
            other["rev-1"].field = "HT"
            notify(ObjectModifiedEvent(other["rev-1"]))
        savepoint.rollback()
        with acting("author"):
            other["rev-1"].level = "CT"
            notify(ObjectModifiedEvent(other["rev-1"]))
        assert add_document(agency, code="QT 01", title="Ba", field="CT", level="CX").code


class TestFrozen:
    @pytest.mark.parametrize("new", ["QT 99", None, ""])
    def test_after_the_first_issue_it_stays(self, document, new):
        issue(document["rev-1"])
        with pytest.raises(Conflict, match="QT 01"):
            recode(document, new)

    @pytest.mark.parametrize("by", ["controller", "site_owner"])
    def test_for_everybody(self, document, by):
        issue(document["rev-1"])
        with api.env.adopt_roles(["Manager"]), pytest.raises(Conflict):
            document.code = f"QT 9 {by}"
            notify(ObjectModifiedEvent(document))

    def test_also_while_the_next_revision_is_open(self, document):
        issue(document["rev-1"])
        with acting("author"):
            revise(document)
        with pytest.raises(Conflict):
            recode(document, "QT 99")

    def test_by_rest_it_is_a_conflict(self, live_document, request_factory):
        issue(live_document["rev-1"])
        transaction.commit()
        session = request_factory(basic_auth=("author", PASSWORD))
        url = live_document.absolute_url()
        answer = session.patch(url, json={"code": "QT 99"})
        assert (answer.status_code, answer.json()["type"]) == (409, "Conflict")
        assert session.patch(url, json={"code": live_document.code}).status_code == 204
        transaction.begin()
        assert live_document.code == "QT 01/CX-HCTP"

    def test_submitting_does_not_freeze_it_yet(self, document):
        with acting("author"):
            actions.transition(document["rev-1"], "submit")
        recode(document, "QT 02")
        assert document.code == "QT 02"

    def test_without_one_nothing_is_issued(self, agency):
        document = add_document(agency, code=None, title="Chưa có mã")
        with pytest.raises(Conflict):
            issue(document["rev-1"])


class TestReuse:
    def test_a_pure_draft_gives_its_code_free(self, agency, document):
        remove(document)
        assert add_document(agency, code="QT 01/CX-HCTP", title="Khác").code == "QT 01/CX-HCTP"

    def test_an_issued_one_cannot_even_be_removed(self, agency, document):
        issue(document["rev-1"])
        savepoint = transaction.savepoint()
        with api.env.adopt_roles(["Manager"]), pytest.raises(Exception, match="kept"):
            agency.manage_delObjects([document.getId()])
        savepoint.rollback()
        with pytest.raises(BadRequest):
            add_document(agency, code=document.code, title="Khác")

    def test_a_frozen_entry_outlives_its_document(self, agency, document):
        issue(document["rev-1"])
        register = register_of_codes(agency)
        register.drop(document.UID(), document.code)
        assert [holder.frozen for holder in register.holders(document.code)] == [True]

    def test_the_code_given_up_before_issue_is_free(self, agency, document):
        recode(document, "QT 77")
        assert add_document(agency, code="QT 01/CX-HCTP", title="Khác").code == "QT 01/CX-HCTP"


class TestSuggestion:
    def suggested(self, agency, portal_type="Procedure", **values):
        return suggest(agency, portal_type, **values)

    def test_follows_the_pattern_of_the_site(self, agency):
        assert self.suggested(agency, field="HT", level="CX") == "QT 01/CX-HT"
        add_document(agency, code="QT 01/CX-HT", title="Một", field="HT", level="CX")
        assert self.suggested(agency, field="HT", level="CX") == "QT 02/CX-HT"
        assert self.suggested(agency, field="CT", level="CX") == "QT 01/CX-CT"

    def test_leaves_out_what_is_not_known(self, agency):
        assert self.suggested(agency) == "QT 01"

    def test_fills_no_gap(self, agency):
        add_document(agency, code="QT 07/CX-HT", title="Một", field="HT", level="CX")
        assert self.suggested(agency, field="HT", level="CX") == "QT 08/CX-HT"

    def test_never_gives_the_code_of_an_ended_document(self, agency):
        document = add_document(agency, code="QT 03", title="Một")
        issue(document["rev-1"])
        register_of_codes(agency).drop(document.UID(), document.code)
        assert self.suggested(agency) == "QT 04"

    def test_the_pattern_of_the_agency_comes_first(self, agency):
        agency.code_patterns = {"Procedure": "{agency}-QT.{seq:03}"}
        assert self.suggested(agency) == "STP-QT.001"

    def test_a_single_code_is_suggested_once(self, agency):
        assert self.suggested(agency, "QualityManual") == "STCL"
        add_document(agency, code="stcl", title="Sổ tay", portal_type="QualityManual")
        assert self.suggested(agency, "QualityManual") is None

    def test_a_type_without_a_pattern_gets_none(self, agency):
        assert self.suggested(agency, "Agency") is None

    @pytest.mark.parametrize(
        "pattern",
        ["{0.__class__}", "{seq!r}", "{seq:>9999999}", "{agency.__class__}", "%(x)s {seq}"],
    )
    def test_a_pattern_is_never_a_format_string(self, agency, pattern):
        agency.code_patterns = {"Procedure": pattern}
        with pytest.raises(ValueError):
            self.suggested(agency)

    def test_never_gives_the_code_of_a_removed_draft(self, agency):
        document = add_document(agency, code="QT 05", title="Một")
        remove(document)
        assert self.suggested(agency) == "QT 06"

    def test_nor_one_that_a_draft_gave_up(self, agency):
        recode(add_document(agency, code="QT 05", title="Một"), "QT 02")
        assert self.suggested(agency) == "QT 06"

    def test_the_code_of_a_form_follows_from_its_procedure(self, agency):
        procedure = add_document(agency, code="QT-01", title="Một")
        suggested = partial(self.suggested, agency, "ControlledForm")
        assert suggested(parent=procedure) == "BM.QT-01.01"
        add_document(agency, code="bm.qt-01.04", title="Phiếu", portal_type="ControlledForm")
        assert suggested(parent=procedure) == "BM.QT-01.05"
        assert suggested(parent=add_document(agency, code="QT-02")) == "BM.QT-02.01"
        agency.code_patterns = {"ControlledForm/Procedure": "{parent}-BM{seq:02}"}
        assert suggested(parent=procedure) == "QT-01-BM01"
        assert suggested() == "BM 01"


class TestNextCode:
    @pytest.fixture
    def ask(self, live_agency, request_factory):
        self.procedure = add_document(live_agency, code="QT-01")
        transaction.commit()

        def ask(query, who="author"):
            session = request_factory(**({"basic_auth": (who, PASSWORD)} if who else {}))
            return session.get(f"so-tu-phap/@next-code?{query}")

        return ask

    def test_what_comes_next(self, ask):
        answer = ask("type=Procedure&field=HT&level=CX").json()
        assert (answer["code"], answer["pattern"]) == ("QT 01/CX-HT", "QT {seq:02}/{level}-{field}")
        form = ask(f"type=ControlledForm&parent={self.procedure.UID()}").json()
        assert (form["code"], form["pattern"]) == ("BM.QT-01.01", "BM.{parent}.{seq:02}")

    def test_asking_gives_nothing_away(self, ask, live_agency):
        before = live_agency._p_jar.db().lastTransaction()
        assert ask("type=Procedure").json()["code"] == ask("type=Procedure").json()["code"]
        assert live_agency._p_jar.db().lastTransaction() == before

    @pytest.mark.parametrize(
        "query",
        ["", "type=Document", "type=ControlledForm&parent=x", "type=Procedure&field=%7B%7D"],
    )
    def test_what_makes_no_sense_is_refused(self, ask, query):
        answer = ask(query)
        assert answer.status_code == 400
        assert answer.json()["message"]

    @pytest.mark.parametrize("who", [None, "member", "reviewer"])
    def test_is_for_those_who_add_documents(self, ask, who):
        assert ask("type=Procedure", who).status_code in (401, 403)


class TestNewCode:
    """A document is coded anew by a revision, and is still found by its former code."""

    @pytest.fixture
    def issued(self, agency):
        document = add_document(agency, code="QT 01")
        issue(document["rev-1"])
        return document

    def revised(self, document, code):
        with acting("author"):
            draft = revise(document)
            draft.new_code = code
            draft.amendments = [{"number": "", "place": "", "summary": "Mã mới", "ground": "QĐ"}]
            notify(ObjectModifiedEvent(draft))
        return draft

    def found(self, **query):
        return [brain.UID for brain in api.portal.get_tool("portal_catalog")(**query)]

    def test_it_takes_effect_with_the_revision(self, issued):
        draft = self.revised(issued, "QT  77")
        assert issued.code == "QT 01"
        issue(draft)
        assert issued.code == "QT 77"
        (former,) = former_codes(issued)
        assert (former.code, former.until) == ("QT 01", draft.in_force_from)
        rows = [row for row in trail.rows(issued.UID()) if row["action"] == "recoded"]
        assert [row["details"]["code"] for row in rows] == [["QT 01", "QT 77"]]

    def test_it_is_found_by_both(self, issued):
        issue(self.revised(issued, "QT 77"))
        for text in ("QT 01", "QT 77"):
            assert issued.UID() in self.found(SearchableText=text)
            assert [row.code for row in find(Question(code=text)).rows] == ["QT 77"]
            assert [copy.document.UID() for copy in copies_by_number(text)] == [issued.UID()]

    def test_nobody_else_gets_either(self, agency, issued):
        issue(self.revised(issued, "QT 77"))
        for taken in ("qt 01", "qt 77"):
            with pytest.raises(BadRequest):
                add_document(agency, code=taken, title="Khác")

    def test_the_next_revision_brings_none(self, issued):
        issue(self.revised(issued, "QT 77"))
        with acting("author"):
            assert revise(issued).new_code is None

    def test_a_code_that_is_taken_is_not_submitted(self, agency, issued):
        add_document(agency, code="QT 77", title="Khác")
        draft = self.revised(issued, "qt 77")
        with acting("author"), pytest.raises(BadRequest, match=r"(?i)qt 77"):
            actions.transition(draft, "submit")

    def test_it_is_kept_while_it_waits_and_let_go_afterwards(self, agency, issued):
        draft = self.revised(issued, "QT 77")
        with acting("author"):
            actions.transition(draft, "submit")
            savepoint = transaction.savepoint()
            with pytest.raises(BadRequest):
                api.content.create(agency, "Procedure", title="Khác", code="QT 77")
            savepoint.rollback()
            actions.transition(draft, "recall", "Xem lại")
        assert add_document(agency, code="QT 77", title="Khác").code == "QT 77"

    def test_a_past_list_says_what_it_bore_then(self, issued):
        then = issued["rev-1"].in_force_from
        with clock.frozen(then + timedelta(days=2)):
            issue(self.revised(issued, "QT 77"))
            past = find(Question(moment=Moment(then)))
            assert [row.code for row in past.rows] == ["QT 01"]
            assert [row.code for row in find(Question(code="QT 01")).rows] == ["QT 77"]


class TestDuplicates:
    def test_the_same_code_in_several_scopes_and_agencies(self, agency, other_agency):
        one = add_document(agency, code="QT 01", field="HT")
        add_document(agency, code="qt 01", title="Hai", field="CT")
        add_document(agency, code="QT 02", title="Ba")
        add_document(other_agency, code="QT 02", title="Bốn", by="other_author")
        api.user.create(username="officer", email="officer@example.vn", password=PASSWORD)
        api.user.grant_roles(username="officer", roles=["Programme Officer"])
        with acting("officer"):
            site = {row.code: (len(row.brains), row.agencies) for row in duplicates()}
            assert site == {"qt 01": (2, 1), "qt 02": (2, 2)}
            assert [row.code for row in duplicates(agency.UID())] == ["qt 01"]
            assert one.UID() in {brain.UID for brain in duplicates()[0].brains}

    def test_what_the_caller_may_not_see_is_not_named(self, agency, other_agency):
        add_document(agency, code="QT 02", title="Ba")
        add_document(other_agency, code="QT 02", title="Bốn", by="other_author")
        with acting("controller"):
            assert duplicates() == []

    def test_page_spreadsheet_and_service(self, live_agency, request_factory):
        add_document(live_agency, code="QT 01", field="HT")
        add_document(live_agency, code="QT 01", title="=1+1 <b>", field="CT")
        transaction.commit()
        asked = {"basic_auth": ("controller", PASSWORD)}
        body = request_factory(**asked).get("so-tu-phap/@duplicate-codes").json()
        assert [len(item["documents"]) for item in body["items"]] == [2]
        session = request_factory(api=False, **asked)
        page = session.get("so-tu-phap/@@duplicate-codes", headers={"Accept": "text/html"})
        assert "=1+1 &lt;b&gt;" in page.text
        file = session.get("so-tu-phap/@@duplicate-codes.xlsx")
        sheet = load_workbook(BytesIO(file.content)).active
        assert [row[0].value for row in sheet.rows][1:] == ["QT 01", "QT 01"]
        assert request_factory().get("so-tu-phap/@duplicate-codes").status_code == 401


class TestFinding:
    def test_one_look_up_finds_it_however_it_is_written(self, agency, document):
        with acting("author"):
            for text in ("QT 01/CX-HCTP", "qt01", "QT 01", "01/CX-HCTP"):
                found = [brain.UID for brain in api.content.find(SearchableText=text)]
                assert (document.UID() in found) or text == "qt01", text
        brains = api.portal.get_tool("portal_catalog").unrestrictedSearchResults(
            eqms_code="qt 01/cx-hctp"
        )
        assert [brain.UID for brain in brains] == [document.UID()]
