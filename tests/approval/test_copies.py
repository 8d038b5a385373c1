"""Signed copies: who attaches what and when, what is kept, and that the content stays as it is."""

from base64 import b64encode
from cast import acting
from cast import add_document
from cast import issue
from cast import make_agency
from cast import PASSWORD
from dataclasses import replace
from datetime import timedelta
from eqms.approval.copies import manifest
from eqms.approval.copies.attaching import attach
from eqms.approval.copies.attaching import look_again
from eqms.approval.copies.attaching import strike_out
from eqms.approval.copies.bulk import attach_all
from eqms.approval.copies.bulk import Outcome
from eqms.approval.copies.facts import Chain
from eqms.approval.copies.facts import Verdict
from eqms.approval.copies.storage import copies_of
from eqms.documents.drafting import revise
from eqms.documents.errors import Conflict
from eqms.documents.snapshot import hash_of
from eqms.documents.upload import RequestEntityTooLarge
from eqms.documents.upload import Upload
from eqms.domain.clock import frozen
from eqms.domain.clock import now
from eqms.exchange.history.values import Codec
from eqms.trail import storage as trail
from hashlib import sha256
from plone import api
from signed_pdf import changed_later
from signed_pdf import encrypted
from signed_pdf import issuer
from signed_pdf import plain
from signed_pdf import signed_once
from signed_pdf import SIGNER
from zExceptions import BadRequest
from zExceptions import Forbidden
from zExceptions import NotFound
from ZPublisher.HTTPResponse import HTTPResponse
import json
import pytest
import requests
import transaction


JPEG = b"\xff\xd8\xff\xe0" + b"quet" * 50
PLACE = "Tủ 3, văn thư Sở Tư pháp"
WHO = "Phạm Thị Duyệt, Giám đốc"


def pdf(name="QT 01-CX-HCTP ký số.pdf", data=None):
    return Upload(name, data if data is not None else signed_once())


def scan(name="QT 01-CX-HCTP.jpg", data=JPEG):
    return Upload(name, data)


@pytest.fixture
def revision(document):
    return issue(document["rev-1"])


def last_row(revision):
    return trail.rows(revision.__parent__.UID())[-1]


class TestDigital:
    def test_it_stands_beside_the_content(self, revision):
        before = (hash_of(revision), revision.content_hash, list(revision.objectIds()))
        with acting("controller"):
            copy = attach(revision, "digital", pdf())
        assert (hash_of(revision), revision.content_hash, list(revision.objectIds())) == before
        assert (copy.number, copy.by, copy.kind) == (1, "controller", "digital")
        assert (copy.revision, copy.content_hash) == (revision.UID(), revision.content_hash)
        assert copy.sha256 == sha256(signed_once()).hexdigest()
        assert copy.file.data == signed_once()
        [look] = copies_of(revision).looks_at(1)
        assert look.verdict is Verdict.INTACT
        assert look.signatures[0].signer == SIGNER

    def test_a_row_says_what_was_attached(self, revision):
        with acting("controller"):
            copy = attach(revision, "digital", pdf())
        row = last_row(revision)
        assert (row["action"], row["actor"]) == ("signed_copy_attached", "controller")
        facts = row["details"]
        assert (facts["kind"], facts["sha256"], facts["verdict"]) == (
            "digital",
            copy.sha256,
            "intact",
        )
        [look] = copies_of(revision).looks_at(1)
        assert facts["certificates"] == [look.signatures[0].certificate.sha256]

    def test_one_byte_changed_is_reported(self, revision):
        broken = signed_once().replace(b"(Trang 1)", b"(Trang 7)")
        with acting("controller"):
            attach(revision, "digital", pdf(data=broken))
        assert manifest.of(revision)[0]["verdict"] == "broken"

    def test_what_was_added_later_is_reported(self, revision):
        with acting("controller"):
            attach(revision, "digital", pdf(data=changed_later(signed_once())))
        assert manifest.of(revision)[0]["verdict"] == "changed_later"

    @pytest.mark.parametrize(
        "data", [b"", b"hello", b"%PDF-1.7", plain(), encrypted(), JPEG], ids=range(6)
    )
    def test_what_is_no_signed_pdf_is_refused(self, revision, data):
        with acting("controller"), pytest.raises(BadRequest, match="PDF"):
            attach(revision, "digital", pdf(data=data))
        assert copies_of(revision).copies == ()

    def test_trusted_certificates_of_the_site(self, revision):
        with acting("controller"):
            attach(revision, "digital", pdf())
            api.portal.set_registry_record("eqms.approval.trusted_certificates", issuer().pem)
            look_again(revision, 1)
        first, second = copies_of(revision).looks_at(1)
        assert first.signatures[0].chain is Chain.NOT_CHECKED
        assert second.signatures[0].chain is Chain.TRUSTED

    @pytest.mark.parametrize("text", ["không phải", "-----BEGIN CERTIFICATE-----\nAAAA\n"])
    def test_settings_that_cannot_be_read_are_not_passed_over(self, revision, text):
        api.portal.set_registry_record("eqms.approval.trusted_certificates", text)
        with acting("controller"), pytest.raises(Conflict, match="PEM"):
            attach(revision, "digital", pdf())


class TestPaper:
    @pytest.mark.parametrize(
        ("data", "media_type", "suffix"),
        [
            (JPEG, "image/jpeg", "jpg"),
            (b"\x89PNG\r\n\x1a\nxx", "image/png", "png"),
            (b"II*\0xx", "image/tiff", "tif"),
            (b"MM\0*xx", "image/tiff", "tif"),
            (plain(), "application/pdf", "pdf"),
        ],
    )
    def test_it_is_known_by_its_bytes(self, revision, data, media_type, suffix):
        with acting("controller"):
            copy = attach(revision, "paper", Upload("bản quét.html", data), PLACE, WHO)
        assert (copy.media_type, copy.filename) == (media_type, f"bản quét.{suffix}")
        assert (copy.place, copy.signers) == (PLACE, WHO)

    @pytest.mark.parametrize("data", [b"", b"<html>", b"MZ", b"GIF89a", b"PK\x03\x04"])
    def test_other_files_are_refused(self, revision, data):
        with acting("controller"), pytest.raises(BadRequest, match="PDF, JPEG, PNG or TIFF"):
            attach(revision, "paper", Upload("x.pdf", data), PLACE, WHO)

    @pytest.mark.parametrize(("place", "signers"), [("", WHO), (" ", WHO), (PLACE, ""), ("", "")])
    def test_place_and_signers_are_required(self, revision, place, signers):
        with acting("controller"), pytest.raises(BadRequest, match="where the original lies"):
            attach(revision, "paper", scan(), place, signers)


class TestWhoAndWhen:
    @pytest.mark.parametrize("who", ["author", "reviewer", "approver", "member"])
    def test_only_the_controller(self, revision, who):
        with acting(who), pytest.raises(Forbidden):
            attach(revision, "digital", pdf())

    def test_the_controller_of_another_agency_does_not(self, portal, revision):
        make_agency(portal, "Sở Nội vụ", "SNV", {"other": ("Hồ Văn Khác", "controllers")})
        with acting("other"), pytest.raises(Forbidden):
            attach(revision, "digital", pdf())

    def test_not_before_it_is_approved(self, document):
        with acting("controller"), pytest.raises(Conflict):
            attach(document["rev-1"], "digital", pdf())

    def test_an_older_revision_can_get_one(self, document, revision):
        with acting("author"):
            draft = revise(document)
            draft.amendments = [{"number": "01/01", "place": "", "summary": "x", "ground": "y"}]
        assert copies_of(draft).copies == ()
        issue(draft)
        assert api.content.get_state(revision) == "superseded"
        with acting("controller"):
            assert attach(revision, "digital", pdf()).number == 1

    def test_an_unknown_kind(self, revision):
        with acting("controller"), pytest.raises(BadRequest, match="digital, paper"):
            attach(revision, "software", pdf())

    def test_a_file_that_is_too_large(self, revision):
        api.portal.set_registry_record("eqms.approval.copy_megabytes", 1)
        large = JPEG + b"x" * 1024 * 1024
        with acting("controller"), pytest.raises(RequestEntityTooLarge, match="1 MB"):
            attach(revision, "paper", scan(data=large), PLACE, WHO)

    def test_the_same_file_is_not_attached_twice(self, revision):
        with acting("controller"):
            attach(revision, "digital", pdf())
            with pytest.raises(Conflict, match="already"):
                attach(revision, "digital", pdf("tên khác.pdf"))


class TestLater:
    @pytest.fixture
    def attached(self, revision):
        with acting("controller"):
            attach(revision, "digital", pdf())
        return revision

    def test_a_wrong_one_is_struck_out_and_stays(self, attached):
        with acting("controller"):
            strike_out(attached, 1, " Nhầm văn bản ")
            copy = attach(attached, "digital", pdf())
        assert copy.number == 2
        first, second = manifest.of(attached)
        assert (first["struck"]["reason"], first["struck"]["by"]) == ("Nhầm văn bản", "controller")
        assert second["struck"] is None
        assert copies_of(attached).copies[0].file.data == signed_once()
        actions = [row["action"] for row in trail.rows(attached.__parent__.UID())]
        assert actions[-3:] == [
            "signed_copy_attached",
            "signed_copy_struck",
            "signed_copy_attached",
        ]

    @pytest.mark.parametrize("reason", ["", " \n"])
    def test_striking_out_needs_a_reason(self, attached, reason):
        with acting("controller"), pytest.raises(BadRequest):
            strike_out(attached, 1, reason)

    def test_it_is_struck_out_once(self, attached):
        with acting("controller"):
            strike_out(attached, 1, "Nhầm")
            with pytest.raises(Conflict):
                strike_out(attached, 1, "Nhầm")

    @pytest.mark.parametrize("act", [lambda r: strike_out(r, 1, "x"), lambda r: look_again(r, 1)])
    def test_only_the_controller(self, attached, act):
        with acting("approver"), pytest.raises(Forbidden):
            act(attached)

    def test_there_must_be_one(self, attached):
        with acting("controller"), pytest.raises(NotFound):
            strike_out(attached, 2, "x")

    def test_looking_again_adds_a_look(self, attached):
        with acting("controller"), frozen(now() + timedelta(days=3)):
            look_again(attached, 1)
        first, second = manifest.of(attached)[0]["verifications"]
        assert first["at"] < second["at"]
        assert second["same_bytes"]
        assert last_row(attached)["action"] == "signed_copy_verified"

    @pytest.mark.parametrize("data", [b"%PDF-1.7 cut", signed_once() + b"\n% more"])
    def test_a_file_that_changed_in_the_store_is_found(self, attached, data):
        attached._signed_copies.copies[0].file.data = data
        with acting("controller"):
            look = look_again(attached, 1)
        assert (look.same_bytes, look.verdict) == (False, Verdict.BROKEN)

    def test_export_and_import_carry_them_whole(self, attached, tmp_path):
        with acting("controller"):
            strike_out(attached, 1, "Nhầm")
        kept = copies_of(attached)
        codec = Codec(tmp_path)
        again = codec.decode(json.loads(json.dumps(codec.encode(kept))))
        assert again.copies[0].file.data == signed_once()
        assert replace(again.copies[0], file=kept.copies[0].file) == kept.copies[0]
        assert (again.verifications, again.strikes) == (kept.verifications, kept.strikes)


class TestBulk:
    @pytest.fixture
    def documents(self, agency):
        for number, code in enumerate(("QT 02/CX-HCTP", "QT 03/CX-HCTP", "STCL"), 2):
            document = add_document(
                agency, code=code, title=f"Tài liệu {number}", portal_type="WorkInstruction"
            )
            if code != "STCL":
                issue(document["rev-1"])
        return agency

    def attach(self, agency, *uploads, kind="paper"):
        with acting("controller"):
            return attach_all(agency, kind, uploads, PLACE, WHO)

    def test_each_file_finds_its_document(self, documents, revision):
        results = self.attach(
            documents,
            scan("QT 03-CX-HCTP.pdf"),
            scan("qt01 cx hctp ký.jpg", JPEG + b"1"),
            scan("STCL.jpg"),
            scan("thư mời.jpg"),
            scan("QT 02 va QT 03 CX-HCTP.jpg", JPEG + b"2"),
            scan("QT 02-CX-HCTP, QT 03-CX-HCTP.jpg"),
            scan("QT 02-CX-HCTP.jpg", b"x"),
        )
        assert [result.outcome for result in results] == [
            Outcome.ATTACHED,
            Outcome.ATTACHED,
            Outcome.NOT_ISSUED,
            Outcome.UNKNOWN,
            Outcome.ATTACHED,
            Outcome.AMBIGUOUS,
            Outcome.REFUSED,
        ]
        assert "JPEG" in results[-1].message
        assert len(copies_of(revision).copies) == 1

    def test_documents_of_other_agencies_do_not_count(self, portal, documents, revision):
        other = make_agency(portal, "Sở Nội vụ", "SNV", {"other": ("Hồ Văn Khác", "controllers")})
        with acting("other"):
            [result] = attach_all(other, "paper", [scan()], PLACE, WHO)
        assert result.outcome is Outcome.UNKNOWN

    def test_only_the_controller(self, documents):
        with acting("author"), pytest.raises(Forbidden):
            attach_all(documents, "paper", [scan()], PLACE, WHO)

    def test_one_refusal_undoes_nothing_else(self, documents, revision):
        results = self.attach(documents, pdf(data=plain()), pdf(), kind="digital")
        assert [result.outcome for result in results] == [Outcome.REFUSED, Outcome.ATTACHED]
        assert len(copies_of(revision).copies) == 1


def sent(data, filename):
    return {"data": b64encode(data).decode("ascii"), "filename": filename}


class TestRest:
    @pytest.fixture
    def live(self, live_document):
        issue(live_document["rev-1"])
        transaction.commit()
        return live_document["rev-1"]

    def call(self, who, method, url, **body):
        answer = requests.request(
            method,
            url,
            auth=(who, PASSWORD) if who else None,
            headers={"Accept": "application/json"},
            json=body or None,
            timeout=60,
            allow_redirects=False,
        )
        transaction.begin()
        return answer

    def attach(self, live, who="controller", **body):
        body = {"kind": "digital", "file": sent(signed_once(), "ký số.pdf"), **body}
        return self.call(who, "POST", f"{live.absolute_url()}/@signed-copies", **body)

    def test_attaching_and_reading(self, live):
        answer = self.attach(live)
        assert answer.status_code == 201
        assert answer.headers["Location"] == answer.json()["@id"]
        listed = self.call("approver", "GET", f"{live.absolute_url()}/@signed-copies").json()
        assert listed["items"] == [answer.json()]
        assert self.call("approver", "GET", answer.json()["@id"]).json() == answer.json()
        [signature] = answer.json()["verifications"][0]["signatures"]
        assert (signature["chain"], signature["revocation"]) == ("not_checked", "not_checked")
        assert signature["certificate"]["der"]

    def test_the_file_is_saved_not_shown(self, live):
        url = self.attach(live).json()["download"]
        answer = self.call("approver", "GET", url)
        assert answer.content == signed_once()
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Type"] == "application/pdf"
        assert "no-store" in answer.headers["Cache-Control"]

    @pytest.mark.parametrize("who", [None, "member"])
    def test_the_public_gets_neither_list_nor_file(self, live, who):
        copy = self.attach(live).json()
        assert self.call(who, "GET", live.absolute_url()).status_code == 200
        for url in (copy["@id"], copy["download"], f"{live.absolute_url()}/@signed-copies"):
            answer = self.call(who, "GET", url)
            assert answer.status_code in (302, 401, 403)
            assert SIGNER not in answer.text

    @pytest.mark.parametrize("number", ["2", "0", "x", "1/2"])
    def test_there_must_be_one(self, live, number):
        self.attach(live)
        for name in ("@signed-copies/x", f"@@signed-copy/{number}"):
            url = f"{live.absolute_url()}/{name}"
            assert self.call("controller", "GET", url).status_code == 404

    @pytest.mark.parametrize(
        ("who", "body", "status"),
        [
            ("author", {}, 401),
            ("controller", {"kind": ""}, 400),
            ("controller", {"file": sent(plain(), "x.pdf")}, 400),
            ("controller", {"file": None}, 400),
            ("controller", {"kind": "paper"}, 400),
        ],
    )
    def test_refusals(self, live, who, body, status):
        answer = self.attach(live, who, **body)
        assert answer.status_code == status
        assert answer.json()["message"]
        assert copies_of(live).copies == ()

    def test_striking_out_and_looking_again(self, live):
        url = self.attach(live).json()["@id"]
        looked = self.call("controller", "POST", f"{url}/verify", none="x").json()
        assert len(looked["verifications"]) == 2
        struck = self.call("controller", "POST", f"{url}/strike", reason="Nhầm").json()
        assert struck["struck"]["reason"] == "Nhầm"
        assert self.call("controller", "POST", f"{url}/burn", reason="x").status_code == 404

    def test_many_at_once(self, live, live_agency):
        url = f"{live_agency.absolute_url()}/@signed-copies"
        files = [sent(JPEG, "QT 01-CX-HCTP.jpg"), sent(JPEG, "gì đó.jpg")]
        body = {"kind": "paper", "files": files, "place": PLACE, "signers": WHO}
        first, second = self.call("controller", "POST", url, **body).json()["items"]
        assert (first["outcome"], second["outcome"]) == ("attached", "unknown")
        assert first["copy"] == f"{live.absolute_url()}/@signed-copies/1"
        assert self.call("author", "POST", url, **body).status_code == 401
        assert self.call("controller", "POST", url, kind="paper").status_code == 400

    @pytest.mark.parametrize("path", ["", "/1/verify", "/1/strike"])
    def test_a_cookie_alone_does_nothing(self, live, path):
        self.attach(live)
        before = last_row(live)
        response = HTTPResponse()
        api.portal.get().acl_users.session._setupSession(b"controller", response)
        cookie = {"__ac": response.cookies["__ac"]["value"].decode()}
        body = {"kind": "paper", "file": sent(JPEG, "x.jpg"), "place": PLACE, "signers": WHO}
        answer = requests.post(
            f"{live.absolute_url()}/@signed-copies{path}",
            cookies=cookie,
            headers={"Accept": "application/json"},
            json={**body, "reason": "x"},
            timeout=60,
        )
        transaction.begin()
        assert answer.status_code == 403
        assert last_row(live) == before

    def test_reading_a_revision_writes_nothing(self, live):
        before = live._p_jar.db().lastTransaction()
        self.call("approver", "GET", f"{live.absolute_url()}/@signed-copies")
        assert live._p_jar.db().lastTransaction() == before
