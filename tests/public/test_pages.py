"""The pages that readers get: of documents, of revisions, of units."""

from cast import acting
from cast import add_document
from cast import issue
from cast import PASSWORD
from datetime import datetime
from datetime import UTC
from eqms.documents.drafting import revise
from eqms.domain import clock
from eqms.public.memory import kept
from itertools import pairwise
from lxml import html
from plone import api
from plone.dexterity.utils import createContentInContainer
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
import pytest
import requests
import transaction


MORNING = datetime(2026, 3, 1, 17, 30, tzinfo=UTC)
"""00:30 on 2 March where the site is."""


@pytest.fixture(autouse=True)
def _empty_memory():
    """Each test begins without what others have left in the memory of the process."""
    kept.clear()


def get(url, who=None):
    auth = (who, PASSWORD) if who else None
    return requests.get(url, auth=auth, timeout=60)


def page(url, who=None):
    answer = get(url, who)
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def words(element):
    return " ".join(element.text_content().split())


def main(url, who=None):
    (element,) = page(url, who).xpath("//main")
    return words(element)


def control(url, who=None):
    """The control block as a dict."""
    (block,) = page(url, who).xpath("//main//dl[@class='eqms-control']")
    return {words(item.find("dt")): words(item.find("dd")) for item in block.xpath("./div")}


def write(revision, **values):
    with acting("author"):
        for name, value in values.items():
            setattr(revision, name, value)
        notify(ObjectModifiedEvent(revision))


@pytest.fixture
def document(live_document):
    """In force since the morning of 2 March."""
    write(live_document["rev-1"], purpose="Mục đích thứ nhất", description="Tóm tắt")
    with clock.frozen(MORNING):
        issue(live_document["rev-1"])
    transaction.commit()
    return live_document


@pytest.fixture
def amended(document):
    """With an amendment in the next draft."""
    with acting("author"):
        draft = revise(document)
    rows = [{"number": "", "place": "", "summary": "Đổi mục đích", "ground": "NQ 10"}]
    write(draft, purpose="Mục đích thứ hai", amendments=rows)
    transaction.commit()
    return document


def test_anybody_reads_what_is_in_force(document):
    assert control(document.absolute_url()) == {
        "Agency": "Sở Tư pháp",
        "Code": "QT 01/CX-HCTP",
        "Issue/amendment": "01/00",
        "Issued on": "02/03/2026",
        "In force from": "02/03/2026",
        "State": "In force",
    }
    text = main(document.absolute_url())
    assert "Mục đích thứ nhất" in text
    assert "In force from 02/03/2026." in text
    assert "not confirmed" not in text


def test_the_page_is_built_for_everybody(document):
    made = page(document.absolute_url())
    assert [words(heading) for heading in made.xpath("//h1")] == ["Đăng ký khai sinh"]
    assert made.get("lang") == "en"
    assert len(made.xpath("//main")) == 1
    assert made.xpath("//head/title/text()") == ["Đăng ký khai sinh — Plone site"]
    assert made.xpath("//head/meta[@name='description']/@content") == ["Tóm tắt"]
    assert made.xpath("//head/link[@rel='canonical']/@href") == [document.absolute_url()]
    assert not made.xpath("//head/meta[@name='robots']")
    assert made.xpath("//nav[@id='portal-breadcrumbs']//a/@href")[-1].endswith("/so-tu-phap")
    assert made.xpath("//*[@id='portal-logo']")
    assert made.xpath("//*[@id='portal-searchbox']")
    assert made.xpath("//footer[@id='portal-footer-wrapper']//a")
    levels = [
        int(heading.tag[1]) for heading in made.xpath("//main//*[self::h1|self::h2|self::h3]")
    ]
    assert all(below - above <= 1 for above, below in pairwise(levels))
    ids = made.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_the_styles_are_there(document):
    (address,) = [
        link for link in page(document.absolute_url()).xpath("//head/link/@href") if "eqms" in link
    ]
    answer = get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/css")


def test_a_draft_changes_nothing_for_readers(amended):
    url = amended.absolute_url()
    assert "Mục đích thứ hai" not in main(url)
    assert "rev-2" not in get(url).text
    assert get(f"{url}/rev-2").status_code == 404


def test_the_next_revision_takes_the_place(amended):
    main(amended.absolute_url())
    issue(amended["rev-2"])
    transaction.commit()
    text = main(amended.absolute_url())
    assert "Mục đích thứ hai" in text
    assert "Mục đích thứ nhất" not in text
    assert ", replaces 01/00." in text
    assert control(amended.absolute_url())["Issue/amendment"] == "01/01"


def test_a_superseded_revision_says_so(amended):
    with clock.frozen(datetime(2026, 5, 4, 3, tzinfo=UTC)):
        issue(amended["rev-2"])
    transaction.commit()
    made = page(f"{amended.absolute_url()}/rev-1", "author")
    (notice,) = made.xpath("//main//*[@class='eqms-notice']")
    assert "This revision is not in force." in words(notice)
    assert notice.xpath(".//a/@href") == [amended.absolute_url()]
    assert "superseded on 04/05/2026" in words(made.xpath("//main")[0])
    assert made.xpath("//head/meta[@name='robots']/@content") == ["noindex"]


def test_a_draft_is_shown_to_its_author_as_it_is_now(amended):
    url = f"{amended.absolute_url()}/rev-2"
    assert "Mục đích thứ hai" in main(url, "author")
    assert control(url, "author")["State"] == "Draft"
    write(amended["rev-2"], purpose="Mục đích thứ ba")
    transaction.commit()
    assert "Mục đích thứ ba" in main(url, "author")


def test_while_nothing_is_in_force_staff_find_the_draft(live_document):
    url = live_document.absolute_url()
    made = page(url, "author")
    (notice,) = made.xpath("//main//*[contains(@class, 'eqms-notice')]")
    assert "No revision of this document is in force yet." in words(notice)
    assert notice.xpath(".//a/@href") == [f"{url}/rev-1"]
    assert "Đăng ký khai sinh" not in get(url).text


def test_what_was_taken_over_is_marked_until_confirmed(document):
    url = document.absolute_url()
    document["rev-1"].taken_over = {"by": "controller", "at": "2026-03-01"}
    transaction.commit()
    assert "Migrated data, not confirmed yet" in main(url)
    document["rev-1"].taken_over = {"by": "controller", "confirmed_at": "2026-03-02"}
    transaction.commit()
    assert "Migrated data, not confirmed yet" not in main(url)


def test_staff_get_the_panel_and_visitors_do_not(document):
    url = document.absolute_url()
    assert page(url, "author").xpath("//main//*[contains(@class, 'eqms-panel')]")
    assert page(url, "author").xpath("//*[@id='edit-zone' or @id='portal-toolbar']//a")
    assert not page(url).xpath("//*[contains(@class, 'eqms-panel')]")


def test_the_source_file_is_not_linked(live_document):
    from plone.namedfile.file import NamedBlobFile

    write(live_document["rev-1"], source=NamedBlobFile(b"x", filename="ban-goc.docx"))
    issue(live_document["rev-1"])
    transaction.commit()
    assert "ban-goc" not in get(live_document.absolute_url()).text


def test_a_document_of_another_type_is_read_too(live_agency):
    from plone.app.textfield.value import RichTextValue

    manual = add_document(live_agency, "STCL", "Sổ tay", portal_type="QualityManual")
    text = "<h2>Chương 1</h2><p>Nội dung</p><script>alert(1)</script>"
    write(manual["rev-1"], text=RichTextValue(text, "text/html", "text/x-html-safe"))
    issue(manual["rev-1"])
    transaction.commit()
    made = page(manual.absolute_url())
    assert "Chương 1" in words(made.xpath("//main")[0])
    assert not made.xpath("//main//script")


def test_the_text_is_rendered_once_and_drafts_each_time(document, monkeypatch):
    from eqms.documents.browser.body import RevisionBody

    rendered = []
    render = RevisionBody.__call__

    def counted(view):
        rendered.append(view.context.getId())
        return render(view)

    monkeypatch.setattr(RevisionBody, "__call__", counted)
    main(document.absolute_url())
    before = len(rendered)
    main(document.absolute_url())
    assert len(rendered) == before
    with acting("author"):
        revise(document)
    transaction.commit()
    for _time in range(2):
        main(f"{document.absolute_url()}/rev-2", "author")
    assert rendered[before:] == ["rev-2", "rev-2"]


def test_a_fee_that_ends_is_gone_the_next_day(live_document):
    fee = {"amount": 8000, "valid_to": "2026-06-30"}
    write(live_document["rev-1"], fees=[fee])
    issue(live_document["rev-1"])
    transaction.commit()
    url = live_document.absolute_url()
    with clock.frozen(datetime(2026, 6, 30, 10, tzinfo=UTC)):
        assert "No longer valid" not in main(url)
    with clock.frozen(datetime(2026, 6, 30, 17, tzinfo=UTC)):
        assert "No longer valid" in main(url)


def test_parameters_of_one_visitor_reach_no_other(document):
    url = document.absolute_url()
    mark = "dau-vet-cua-nguoi-khac"
    get(f"{url}?SearchableText={mark}")
    assert mark not in get(url).text


def test_a_new_folder_shows_in_the_navigation_at_once(document, functional_portal):
    url = document.absolute_url()
    assert "Thư mục mới" not in words(page(url))
    with api.env.adopt_roles(["Manager"]):
        workflows = api.portal.get_tool("portal_workflow")
        workflows.setChainForPortalTypes(("Folder",), ("simple_publication_workflow",))
        folder = api.content.create(functional_portal, "Folder", title="Thư mục mới")
        api.content.transition(folder, "publish")
    transaction.commit()
    navigation = page(url).xpath("//*[@id='portal-globalnav']")[0]
    assert "Thư mục mới" in words(navigation)


@pytest.fixture
def unit(live_agency):
    made = createContentInContainer(
        live_agency, "Unit", checkConstraints=False, title="Phòng Hộ tịch", head="author"
    )
    transaction.commit()
    return made


def test_a_unit_names_its_head_to_staff_only(unit, live_agency):
    assert "Lê Thị Soạn" in main(unit.absolute_url(), "member")
    assert "Lê Thị Soạn" not in main(unit.absolute_url())
    assert "Lê Thị Soạn" in main(live_agency.absolute_url(), "member")
    assert "Phòng Hộ tịch" not in main(live_agency.absolute_url())


def test_an_open_migration_window_is_announced_to_staff(live_agency):
    from eqms.documents.migration import open_window

    with (
        clock.frozen(MORNING),
        api.env.adopt_roles(["Manager"]),
    ):
        open_window(live_agency, datetime(2026, 3, 31, tzinfo=UTC).date(), "Nhập bộ quy trình cũ")
        transaction.commit()
        assert "31/03/2026: Nhập bộ quy trình cũ" in main(live_agency.absolute_url(), "member")
        assert "Nhập bộ quy trình cũ" not in main(live_agency.absolute_url())
