"""Codes of documents: unique in their scope by every channel, frozen after issue, never reused."""

from cast import acting
from cast import add_document
from cast import issue
from cast import make_agency
from cast import PASSWORD
from eqms.approval import actions
from eqms.documents.coding import register_of_codes
from eqms.documents.coding import suggest
from eqms.documents.drafting import revise
from eqms.documents.errors import Conflict
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
