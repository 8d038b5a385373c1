"""The demo in a site: made as people make documents, and sound as theirs."""

from cast import acting
from eqms import demo
from eqms.approval.copies.storage import copies_of
from eqms.approval.desk import desk_of
from eqms.approval.manifest import manifest
from eqms.approval.objections import principals
from eqms.approval.record import record_of
from eqms.approval.substitution import represented_by
from eqms.approval.tasks import tasks_of
from eqms.demo import facts
from eqms.documents.content import IControlledDocument
from eqms.documents.content import register_of
from eqms.documents.dates import day_of
from eqms.domain import chain
from eqms.domain.revisions import State
from eqms.exchange.storage import log_of
from eqms.procedures.review import to_review
from eqms.public.listing import row
from eqms.references.folder import references_folder
from eqms.references.lookup import citing
from eqms.trail import storage as trail
from plone import api
import pytest


SIGNED = {State.IN_FORCE, State.SUPERSEDED}


@pytest.fixture(scope="class")
def documents(demo_site):
    """Every controlled document of the site."""
    found = demo_site.portal_catalog.unrestrictedSearchResults(
        object_provides=IControlledDocument.__identifier__
    )
    return [brain._unrestrictedGetObject() for brain in found]


@pytest.fixture(scope="class")
def justice(demo_site):
    return demo_site["co-quan"]["so-tu-phap"]


def states(document):
    return [entry.state for entry in register_of(document).entries]


class TestDemo:
    def test_everything_is_there(self, demo_site, documents):
        assert len(documents) == len(facts.documents())
        agencies = demo_site["co-quan"].objectValues()
        assert [agency.code for agency in agencies] == [each.code for each in facts.agencies()]
        assert {agency.tier for agency in agencies} == {"province", "district", "commune"}

    def test_units_have_their_heads(self, justice):
        heads = {
            each.code: each.head for each in justice.objectValues() if each.portal_type == "Unit"
        }
        assert heads == {"HCTP": "xemxet", "BTTP": "botrotuphap", "VP": "vanphongso"}

    @pytest.mark.parametrize(
        ("id", "expected"),
        [
            ("qt-01-cx-hctp", [State.IN_FORCE]),
            ("qt-05-cx-hctp", [State.IN_FORCE, State.APPROVED]),
            ("qt-11-cx-hctp", [State.IN_FORCE, State.IN_REVIEW, State.IN_APPROVAL]),
            ("qt-15-cx-hctp", [State.DRAFT]),
            ("qt-25-cx-hctp", [State.DRAFT]),
            ("qt-27-cx-hctp", [State.IN_APPROVAL]),
            ("qt-30-cx-hctp", [State.WITHDRAWN]),
            ("qt-33-cx-hctp", [State.SUPERSEDED, State.IN_FORCE]),
            ("qt-01-ct-hctp", [State.SUSPENDED]),
            ("hd-02-htqlcl", [State.OBSOLETE]),
            ("stcl", [State.IN_FORCE, State.APPROVED]),
            ("cscl", [State.IN_FORCE, State.IN_APPROVAL]),
        ],
    )
    def test_documents_stand_at_every_point_of_the_life_cycle(self, justice, id, expected):
        assert states(justice[id]) == expected

    def test_a_returned_draft_says_why(self, justice):
        draft = justice["qt-25-cx-hctp"]["rev-1"]
        assert draft.ever_submitted
        [returned] = [
            row for row in trail.rows(justice["qt-25-cx-hctp"].UID()) if row["action"] == "reject"
        ]
        assert returned["details"]["comment"]
        assert not justice["qt-15-cx-hctp"]["rev-1"].ever_submitted

    def test_an_amendment_took_the_place_of_the_first_issue(self, justice):
        document = justice["qt-33-cx-hctp"]
        first, second = document["rev-1"], document["rev-2"]
        assert (second.issue_no, second.amendment_no) == (1, 1)
        assert second.amendments[-1]["summary"]
        assert first.superseded_at == second.in_force_from

    def test_nothing_went_past_the_route(self, documents):
        for document in documents:
            for entry in register_of(document).entries:
                revision = document[entry.id]
                if entry.state in SIGNED and revision.taken_over is None:
                    given = [row for row in manifest(revision) if row["valid"]]
                    assert [row["meaning"] for row in given] == ["review", "approval"]
                    assert len({row["person"] for row in given}) == 2
                    own = [row for row in given if row["person"] in revision.saved_by]
                    assert all(row["waiver"] for row in own)

    def test_who_signs_is_printed_as_practice_has_it(self, demo_site, justice):
        ward = demo_site["co-quan"]["ubnd-phuong-bac-gia-nghia"]
        signed = (justice["qt-01-cx-hctp"], justice["qt-02-ct-htqlcl"], ward["hd-01-htqlcl"])
        assert [record_of(each["rev-1"]).signatures[-1].lines for each in signed] == [
            ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
            ("GIÁM ĐỐC",),
            ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ]

    def test_open_tasks_have_a_day_and_find_the_substitute(self, justice):
        assert all(task.due_on for task in tasks_of("pheduyet") + tasks_of("giamdoc"))
        [row] = represented_by("pheduyet")
        assert row.absent == "giamdoc"
        assert principals(justice["cscl"]["rev-2"], "pheduyet")

    def test_a_decision_issued_five_documents_and_abolished_one(self, justice):
        [decision] = [
            item for item in justice.objectValues() if item.portal_type == "IssueDecision"
        ]
        assert decision.carried_out_at
        assert decision.signed_file.getSize()
        assert len(decision.rows) == 6
        retired = justice["hd-02-htqlcl"]["rev-1"]
        assert retired.successor == api.content.get_uuid(justice["hd-01-htqlcl"])

    def test_the_desk_of_the_secretary_is_not_empty(self, justice):
        with acting("thukyiso"):
            desk = desk_of(justice)
        assert [each.code for each in desk.to_issue] == ["STCL"]
        assert [each.code for each in desk.planned] == ["QT 05/CX-HCTP"]
        assert [each.proposal.kind for each, _brain in desk.requests] == ["retire"]
        assert {notice.kind for notice, _noted in desk.notices} == {
            "in_force",
            "issued",
            "retired",
            "suspended",
        }

    def test_days_are_those_of_the_site_wherever_the_server_stands(self, demo_site, justice):
        planned = justice["qt-05-cx-hctp"]["rev-2"]
        with acting("thukyiso"):
            desk = api.content.get_view("desk", justice, demo_site.REQUEST)
            assert [row["day"] for row in desk.planned] == [day_of(planned.due_at)]
        [brain] = demo_site.portal_catalog(UID=api.content.get_uuid(justice["qt-03-cx-hctp"]))
        assert row(brain, {})["in_force_from"] == "07/07/2025"

    def test_paper_that_was_signed_is_attached(self, justice):
        [copy] = copies_of(justice["qt-01-cx-hctp"]["rev-1"]).copies
        assert (copy.kind, copy.file.data) == ("paper", facts.scan())

    def test_every_trail_is_whole(self, demo_site, documents):
        for item in (*documents, *demo_site["co-quan"].objectValues()):
            rows = trail.rows(item.UID())
            assert rows
            assert chain.verify(rows) == []
            # Who loads the demo puts the people into their groups.
            decided = [row for row in rows if row["action"] != "member_added"]
            assert {row["actor"] for row in decided} <= {person.login for person in facts.people()}

    def test_word_files_came_in_as_one_batch_of_what_was_in_force(self, justice):
        [batch] = log_of(justice).batches
        assert len(batch.created) == len(batch.files) == 4
        assert sum(file.code == "QT 01/CX-HCTP" for file in batch.files) == 1
        colliding = [
            file.code
            for file in batch.files
            if any(remark.check == "code_collides" for remark in file.remarks)
        ]
        assert sorted(colliding) == ["QT 01/CX-HCTP", "QT 11/CX-HCTP"]

    def test_one_migrated_document_is_confirmed_and_three_wait(self, documents):
        migrated = [
            document["rev-1"].taken_over
            for document in documents
            if document["rev-1"].taken_over is not None
        ]
        assert len(migrated) == 4
        assert [each.get("confirmed_by") for each in migrated if "confirmed_by" in each] == [
            "pheduyet"
        ]

    def test_who_may_read_follows_the_classification(self, documents):
        seen = {
            classification: {
                api.content.get_state(document)
                for document in documents
                if (live := register_of(document).in_force)
                and document[live.id].classification == classification
            }
            for classification in ("public", "internal", "restricted")
        }
        assert seen == {each: {each} for each in ("public", "internal", "restricted")}

    def test_the_next_author_can_go_on(self, justice):
        with acting("soanthao"):
            assert api.user.has_permission(
                "Modify portal content", obj=justice["qt-15-cx-hctp"]["rev-1"]
            )

    def test_the_auditor_reads_what_is_not_public(self, justice):
        with acting("danhgia"):
            for readable in (justice["qt-02-ct-htqlcl"], justice["qt-33-cx-hctp"]["rev-1"]):
                assert api.user.has_permission("View", obj=readable)
                assert not api.user.has_permission("Modify portal content", obj=readable)

    def test_a_second_time_is_refused(self, demo_site):
        with pytest.raises(ValueError, match="already"):
            demo.load(demo_site, {})


def test_without_all_passwords_nothing_is_made(portal, http_request):
    with pytest.raises(ValueError, match="danhgia"):
        demo.load(portal, {"soanthao": "Mat-khau-9001!"})
    assert "co-quan" not in portal


class TestReferences:
    def test_what_is_cited_is_registered_once(self, demo_site):
        folder = references_folder()
        labels = [text.label for text in folder.objectValues() if text.portal_type == "LegalText"]
        assert len(labels) == len(set(labels)) == len(facts.legal_texts()) + 1

    def test_who_cites_the_expired_one_is_to_be_reviewed(self, demo_site):
        with api.env.adopt_user(username="chuongtrinh"):
            found = to_review(0, 10)
        assert [row.brain.eqms_written_code for row in found.rows] == [
            "QT 03/CX-HCTP",
            "QT 33/CX-HCTP",
        ]

    def test_administrative_procedures_know_who_carries_them_out(self, demo_site):
        assert len(citing(["tthc:1.001193"])) == 1
