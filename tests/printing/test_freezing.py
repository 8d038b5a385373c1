"""The print that is made after a revision came in force, and kept."""

from cast import acting
from cast import add_document
from cast import issue
from cast import PASSWORD
from datetime import date
from datetime import timedelta
from eqms.clock.runner import acting_as_clock
from eqms.documents import ending
from eqms.documents import migration
from eqms.documents.drafting import revise
from eqms.domain import clock
from eqms.interfaces import IClockJob
from eqms.printing import rendering
from eqms.printing.frozen import frozen_print
from eqms.printing.frozen import keep
from eqms.trail import storage as trail
from hashlib import sha256
from plone import api
from printing.reading import ADDRESS
from printing.reading import fill
from printing.reading import texts
from zExceptions import HTTPServiceUnavailable
from zope.component import getUtility
import pytest
import transaction


@pytest.fixture
def job():
    return getUtility(IClockJob, "eqms.prints")


@pytest.fixture
def freeze(functional_portal, job):
    """Runs the job of the clock for all that is due; committed."""

    def freeze():
        pieces = list(job.due(clock.now()))
        for piece in pieces:
            with acting_as_clock(functional_portal):
                job.perform(piece, clock.now())
                transaction.commit()
        return pieces

    return freeze


@pytest.fixture
def revision(live_document):
    api.portal.set_registry_record("eqms.approval.site_address", ADDRESS)
    revision = fill(live_document["rev-1"])
    issue(revision)
    transaction.commit()
    return revision


@pytest.fixture
def get(request_factory):
    def get(path, who=None, **headers):
        session = request_factory(
            api=False, **({"basic_auth": (who, PASSWORD)} if who is not None else {})
        )
        return session.get(path, headers=headers)

    return get


def rows(document, action):
    found = trail.trail_of(api.content.get_uuid(document))
    return [row for row in found if row["action"] == action]


class TestKept:
    def test_it_is_made_by_the_clock_and_never_while_the_revision_is_signed(
        self, live_document, revision, freeze, job, monkeypatch
    ):
        assert frozen_print(revision) is None
        assert freeze() == [api.content.get_uuid(revision)]
        assert list(job.due(clock.now())) == []
        kept = frozen_print(revision)
        data = kept.file.data
        assert kept.sha256 == sha256(data).hexdigest()
        assert kept.size == len(data)
        assert kept.content_hash == revision.content_hash
        assert ADDRESS in texts(data)[0]
        (row,) = rows(live_document, "print_frozen")
        assert row["details"]["sha256"] == kept.sha256

    def test_readers_get_the_same_bytes_from_then_on(
        self, live_document, revision, freeze, get, monkeypatch
    ):
        freeze()
        monkeypatch.setattr("eqms.printing.copies.pdf_of", None)
        answer = get("so-tu-phap/dang-ky-khai-sinh/@@pdf")
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert sha256(answer.content).hexdigest() == frozen_print(revision).sha256
        assert get("so-tu-phap/dang-ky-khai-sinh/rev-1/@@pdf").content == answer.content
        told = get("so-tu-phap/dang-ky-khai-sinh", Accept="application/json").json()
        assert told["revision_in_force"]["pdf"] == {
            "@id": f"{revision.absolute_url()}/@@pdf",
            "sha256": frozen_print(revision).sha256,
            "size": len(answer.content),
            "made_at": told["revision_in_force"]["pdf"]["made_at"],
        }

    def test_it_is_never_made_again(self, revision, freeze):
        freeze()
        with pytest.raises(ValueError, match="once"):
            keep(revision, b"%PDF-1.7")

    def test_a_superseded_one_is_stamped_and_the_kept_bytes_stay(
        self, live_document, revision, freeze, get
    ):
        freeze()
        before = frozen_print(revision)
        with acting("author"):
            draft = revise(live_document)
            draft.amendments = [{"number": "01/01", "summary": "Sửa", "ground": "NQ 10"}]
        issue(draft)
        transaction.commit()
        answer = get("so-tu-phap/dang-ky-khai-sinh/rev-1/@@pdf", "author")
        read = texts(answer.content)
        assert len(read) == len(texts(before.file.data))
        assert all("HẾT HIỆU LỰC" in text for text in read)
        assert frozen_print(revision) is before
        assert sha256(before.file.data).hexdigest() == before.sha256
        assert "HẾT HIỆU LỰC" not in texts(before.file.data)[0]
        assert get("so-tu-phap/dang-ky-khai-sinh/rev-1/@@pdf").status_code == 404

    def test_what_is_superseded_before_the_clock_comes_is_kept_all_the_same(
        self, live_document, revision, freeze
    ):
        with acting("author"):
            draft = revise(live_document)
            draft.amendments = [{"number": "01/01", "summary": "Sửa", "ground": "NQ 10"}]
        issue(draft)
        transaction.commit()
        assert len(freeze()) == 2
        assert "HẾT HIỆU LỰC" not in texts(frozen_print(revision).file.data)[0]

    def test_a_suspended_one_is_stamped(self, live_document, revision, freeze, get):
        freeze()
        with api.env.adopt_roles(["Manager"]):
            ending.suspend(revision, "Chờ hướng dẫn")
        transaction.commit()
        stamped = get("so-tu-phap/dang-ky-khai-sinh/rev-1/@@pdf", "author").content
        assert "TẠMNGỪNGÁPDỤNG" in texts(stamped)[0].replace(" ", "")

    def test_altered_content_is_not_printed_for_good(self, revision, job):
        revision.purpose = "Khác"
        with pytest.raises(ValueError, match="approved"):
            job.perform(api.content.get_uuid(revision), clock.now())
        assert frozen_print(revision) is None

    def test_without_the_libraries_of_the_machine_the_clock_says_what_to_install(
        self, revision, job, monkeypatch
    ):
        def missing():
            raise HTTPServiceUnavailable("libpango-1.0-0")

        monkeypatch.setattr("eqms.printing.freezing.require_printer", missing)
        with pytest.raises(HTTPServiceUnavailable, match="libpango"):
            job.due(clock.now())

    def test_a_removed_document_is_dropped_from_the_queue(self, live_agency, job):
        from eqms.printing.freezing import order

        document = add_document(live_agency, code="QT 09")
        uid = api.content.get_uuid(document["rev-1"])
        order(document["rev-1"])
        with api.env.adopt_roles(["Manager"]):
            api.content.delete(document)
        job.perform(uid, clock.now())
        assert uid not in list(job.due(clock.now()))


class TestWhoGetsWhat:
    def test_a_draft_is_printed_for_its_people_only(self, live_document, get):
        address = "so-tu-phap/dang-ky-khai-sinh/rev-1/@@pdf"
        assert get(address).status_code == 404
        assert get(address, "member").status_code == 404
        assert get("so-tu-phap/dang-ky-khai-sinh/@@pdf", "author").status_code == 404
        answer = get(address, "author")
        assert "DỰ THẢO" in texts(answer.content)[0]
        assert answer.headers["Cache-Control"] == "private, no-store"

    def test_only_the_controller_makes_controlled_copies(self, revision, get):
        address = "so-tu-phap/dang-ky-khai-sinh/rev-1/@@pdf"
        assert "BẢN IN KHÔNG KIỂM SOÁT" in texts(get(address, "controller").content)[0]
        controlled = get(f"{address}?controlled=1", "controller")
        assert "BẢN KIỂM SOÁT" in texts(controlled.content)[0]
        assert get(f"{address}?controlled=1", "author").status_code == 403
        assert get(f"{address}?controlled=1").status_code == 403

    def test_who_would_wait_too_long_is_told_so(self, revision, get, monkeypatch):
        monkeypatch.setattr(rendering, "PATIENCE", 0.01)
        with rendering._one_at_a_time:
            answer = get("so-tu-phap/dang-ky-khai-sinh/@@pdf")
        assert answer.status_code == 503


class TestTakenOver:
    """What came from paper may be corrected until an approver has confirmed it."""

    @pytest.fixture
    def taken_over(self, live_agency):
        with api.env.adopt_roles(["Manager"]):
            migration.open_window(live_agency, date.today() + timedelta(days=2), "ISO điện tử")
        document = add_document(live_agency, code="QT 07")
        revision = fill(document["rev-1"])
        with acting("controller"):
            migration.take_over(revision, date(2024, 5, 6))
        transaction.commit()
        return revision

    def test_it_is_kept_only_then(self, taken_over, freeze, get):
        address = "so-tu-phap/dang-ky-khai-sinh/@@pdf"
        assert freeze() == []
        assert "CHƯAXÁCNHẬN" in texts(get(address).content)[0].replace(" ", "")
        with acting("approver"):
            migration.confirm(taken_over)
        transaction.commit()
        assert freeze() == [api.content.get_uuid(taken_over)]
        assert "CHƯAXÁCNHẬN" not in texts(get(address).content)[0].replace(" ", "")
        assert "ngày 06 tháng 5 năm 2024" in texts(get(address).content)[0]
