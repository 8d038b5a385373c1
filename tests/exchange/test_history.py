"""A site carried over by plone.exportimport: everything is as it was, and still proves it."""

from cast import acting
from cast import add_document
from cast import issue
from cast import make_agency
from cast import PASSWORD
from eqms.approval.decisions.entering import enter
from eqms.approval.decisions.entering import Entry
from eqms.approval.decisions.entering import hash_of as decision_hash
from eqms.approval.decisions.rows import issue_row
from eqms.approval.decisions.rows import set_rows
from eqms.approval.manifest import manifest
from eqms.approval.notices.storage import notices_for
from eqms.approval.notices.telling import acknowledge
from eqms.approval.record import record_of
from eqms.approval.requests.acting import propose
from eqms.approval.requests.storage import book_of
from eqms.approval.requests.storage import Kind
from eqms.documents import coding
from eqms.documents.content import register_of
from eqms.documents.dates import site_zone
from eqms.documents.drafting import revise
from eqms.documents.ledger import pages
from eqms.documents.snapshot import hash_of
from eqms.domain.clock import today
from eqms.exchange.history.importing import NotEmpty
from eqms.exchange.history.values import Codec
from eqms.exchange.history.values import NotPortable
from eqms.trail import storage as trail
from eqms.trail import verification
from eqms.trail.checkpoints import checkpoints
from eqms.trail.checkpoints import take_checkpoint
from plone import api
from plone.app.textfield.value import RichTextValue
from plone.exportimport.exporters import get_exporter
from plone.exportimport.importers import get_importer
from plone.namedfile.file import NamedBlobFile
from zExceptions import Forbidden
from zExceptions import Unauthorized
from zope.annotation.interfaces import IAnnotations
import json
import pytest
import transaction


@pytest.fixture
def site(functional_portal):
    """An agency with a document in its second issue, an open draft, an image and a file."""
    portal = functional_portal
    with api.env.adopt_roles(["Manager"]):
        api.content.create(portal, "Folder", id="co-quan", title="Cơ quan")
    agency = make_agency(portal["co-quan"])
    document = add_document(agency)
    draft = document["rev-1"]
    draft.text = RichTextValue("<p>Điều 1 &amp; 2<br/></p>", "text/html", "text/x-html-safe")
    draft.source = NamedBlobFile(b"PK word", "application/zip", "Quy trình.docx")
    with acting("author"):
        api.content.create(
            draft, "File", id="phu-luc", title="Phụ lục", file=NamedBlobFile(b"x", filename="x.txt")
        )
    issue(draft)
    with acting("author"):
        second = revise(document)
        second.amendments = [{"number": "01/01", "summary": "Sửa", "ground": "Luật"}]
    issue(second)
    with acting("author"):
        revise(document)
    issue_by_decision(agency)
    take_checkpoint()
    transaction.commit()
    return portal


def issue_by_decision(agency):
    """A form issued by a decision with its file; a proposal about it; a notice taken note of."""
    agency.issue_mode = "by_decision"
    document = add_document(agency, code="BM 01", title="Biểu", portal_type="ControlledForm")
    form = issue(document["rev-1"])
    agency.issue_mode = None
    file = NamedBlobFile(b"%PDF-1.7", "application/pdf", "qd.pdf")
    with acting("controller"):
        decision = api.content.create(agency, "IssueDecision", title="Ban hành")
        set_rows(decision, [issue_row(form)])
        enter(decision, Entry("1/QĐ-STP", today(site_zone()), signer="Duyệt", signed_file=file))
        propose(document, Kind.SUSPEND, "Rà soát")
        acknowledge(agency, notices_for(agency, 1)[0][0].key)


def facts(portal):
    """What must be the same afterwards."""
    agency = portal["co-quan"]["so-tu-phap"]
    document = agency["dang-ky-khai-sinh"]
    register = register_of(document)
    decision = agency["ban-hanh"]
    return {
        "decision": (decision.rows, decision.start, decision.content_hash, decision_hash(decision)),
        "requests": [vars(request.proposal) for request in book_of(agency).open()],
        "notices": notices_for(agency, 50),
        "uids": (agency.UID(), document.UID(), [item.UID() for item in document.objectValues()]),
        "codes": [agency.code, document.code, coding.register_of_codes(agency).codes()],
        "register": (register.entries, register.intervals, register.next_seq),
        "ledger": pages()[document.UID()].__getstate__(),
        "hashes": [
            (item.content_hash, hash_of(item), item.in_force_from, item.saved_by)
            for item in document.objectValues()
        ],
        "records": [
            (record_of(item).__getstate__(), manifest(item)) for item in document.objectValues()
        ],
        "states": [api.content.get_state(item) for item in document.objectValues()],
        "children": [item.objectIds() for item in document.objectValues()],
        "source": [item.source.data for item in document.objectValues()],
        "roles": [agency.get_local_roles(), agency.group_ids],
        "members": api.group.get(groupname="stp-approvers").getGroupMemberIds(),
        "rows": {uid: trail.rows(uid)[:length] for uid, length in LENGTHS.items()},
        "checkpoints": (list(checkpoints()), list(checkpoints().heads())),
    }


LENGTHS = {}


def emptied(portal):
    """The site as a new one: nothing of the agencies, no accounts, no trail."""
    catalog = api.portal.get_tool("portal_catalog")
    path = "/".join(portal["co-quan"].getPhysicalPath())
    for brain in list(catalog.unrestrictedSearchResults(path=path)):
        catalog.uncatalog_object(brain.getPath())
    portal._delObject("co-quan", suppress_events=True)
    with api.env.adopt_roles(["Manager"]):
        for group in api.group.get_groups():
            if group.getId().startswith("stp-"):
                api.group.delete(groupname=group.getId())
        for user in ("author", "second_author", "reviewer", "approver", "controller", "member"):
            api.user.delete(username=user)
    annotations = IAnnotations(portal)
    for name in [name for name in annotations if name.startswith("eqms.")]:
        del annotations[name]
    transaction.commit()


@pytest.fixture
def exported(site, tmp_path):
    LENGTHS.clear()
    LENGTHS.update({uid: len(trail.rows(uid)) for uid in trail.subjects()})
    with api.env.adopt_roles(["Manager"]):
        get_exporter(site).export_site(tmp_path)
    return tmp_path


@pytest.fixture
def imported(site, exported):
    before = facts(site)
    emptied(site)
    with api.env.adopt_roles(["Manager"]):
        report = get_importer(site).import_site(exported)
    transaction.commit()
    return before, report


class TestCarriedOver:
    def test_everything_is_as_it_was_and_proves_it(self, site, imported):
        before, report = imported
        after = facts(site)
        for name, value in before.items():
            assert after[name] == value, name
        assert [finding for uid in trail.subjects() for finding in verification.check(uid)] == []
        assert verification.without_trail() == []
        assert verification.check_checkpoints() == []
        assert "everything holds" in report[-1]

    def test_life_goes_on(self, site, imported):
        document = site["co-quan"]["so-tu-phap"]["dang-ky-khai-sinh"]
        third = document["rev-3"]
        third.amendments = [{"number": "01/02", "summary": "Sửa", "ground": "Luật"}]
        issue(third)
        assert register_of(document).in_force.id == "rev-3"
        assert verification.check(document.UID()) == []
        with pytest.raises((Forbidden, Unauthorized)), api.env.adopt_roles(["Manager"]):
            document.manage_delObjects(["rev-1"])

    def test_it_is_found(self, site, imported):
        catalog = api.portal.get_tool("portal_catalog")
        [brain] = catalog.unrestrictedSearchResults(portal_type="Procedure")
        assert brain._unrestrictedGetObject().UID() == brain.UID
        assert len(catalog.unrestrictedSearchResults(portal_type="ProcedureRevision")) == 3

    def test_the_import_is_noted(self, site, imported):
        assert trail.rows(trail.SITE)[-1]["action"] == "history_imported"

    def test_people_can_log_in(self, imported):
        assert api.user.get(userid="approver") is not None
        assert api.portal.get_tool("acl_users").authenticate("approver", PASSWORD, {}) is not None


class TestRefusals:
    def test_a_site_with_a_history_of_its_own(self, site, exported):
        with pytest.raises(NotEmpty), api.env.adopt_roles(["Manager"]):
            get_importer(site).import_site(exported)

    def test_an_altered_trail(self, site, exported):
        path = exported / "eqms" / "trail.jsonl"
        path.write_text(path.read_text("utf-8").replace('"signed"', '"seen"', 1), "utf-8")
        emptied(site)
        with (
            pytest.raises(ValueError, match="does not say what its hash"),
            api.env.adopt_roles(["Manager"]),
        ):
            get_importer(site).import_site(exported)

    def test_altered_content_is_told(self, site, exported):
        path = exported / "eqms" / "items.jsonl"
        path.write_text(path.read_text("utf-8").replace("Điều 1", "Điều 9"), "utf-8")
        emptied(site)
        with api.env.adopt_roles(["Manager"]):
            report = get_importer(site).import_site(exported)
        assert "findings: run eqms verify" in report[-1]

    def test_plone_itself_takes_nothing_of_an_agency(self, exported):
        taken = (path.read_text("utf-8") for path in (exported / "content").rglob("data.json"))
        assert {json.loads(text)["@type"] for text in taken} == {
            "Plone Site",
            "Folder",
            "References",
        }


class TestValues:
    @pytest.fixture
    def codec(self, tmp_path):
        return Codec(tmp_path)

    def test_no_foreign_class_is_made(self, codec):
        for name in ("os:system", "subprocess:Popen", "eqms.commands:main", "eqms.x.y:z.q"):
            with pytest.raises((NotPortable, TypeError, ModuleNotFoundError)):
                codec.decode({"!": name, "v": {}})

    def test_nothing_is_left_behind_unnoticed(self, codec):
        with pytest.raises(NotPortable, match="place"):
            codec.encode({"a": [object()]}, "place")

    def test_a_file_that_was_exchanged(self, codec, tmp_path):
        plain = codec.encode(NamedBlobFile(b"x", filename="x"))
        (tmp_path / plain["v"]["sha256"]).write_bytes(b"y")
        with pytest.raises(NotPortable):
            codec.decode(plain)

    @pytest.mark.parametrize(
        "value", [{"!": 1}, {1: "a"}, {}, [], ("a", ("b",)), {"a"}, 1.5, b"\0"]
    )
    def test_there_and_back(self, codec, value):
        plain = json.loads(json.dumps(codec.encode(value)))
        assert codec.decode(plain) == value
        assert type(codec.decode(plain)) is type(value)
