"""Finding what is in force, as an anonymous visitor does."""

from cast import add_document
from cast import issue
from cast import make_agency
from cast import PASSWORD
from eqms.public import listing
from lxml import html
from plone import api
import pytest
import requests
import transaction


@pytest.fixture
def site(functional_portal):
    """Two agencies with documents in force, and a draft."""
    department = make_agency(functional_portal)
    office = make_agency(functional_portal, "Sở Y tế", "SYT")
    birth = add_document(department, "QT 01/CX-HCTP", "Đăng ký khai sinh")
    birth["rev-1"].purpose = "Cấp Giấy khai sinh cho trẻ em."
    marriage = add_document(department, "QT 03/CX-HCTP", "Đăng ký kết hôn")
    marriage["rev-1"].requirements = "Xuất trình Giấy khai sinh. Khai sinh, khai sinh, khai sinh."
    licence = add_document(office, "QT 03/CX-YT", "Cấp giấy phép khám bệnh")
    add_document(department, "QT 05/CX-HCTP", "Đăng ký khai sinh lưu động")
    for document in (birth, marriage, licence):
        issue(document["rev-1"])
    transaction.commit()
    return functional_portal


def get(url, **asked):
    """A page as an anonymous visitor gets it."""
    answer = requests.get(url, params=asked, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer.text


def titles(url, **asked):
    page = html.fromstring(get(url, **asked))
    return [link.text_content() for link in page.xpath("//main//li[@class='eqms-result']/a")]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("dang ky khai sinh", ["Đăng ký khai sinh", "Đăng ký kết hôn"]),
        ("ĐĂNG KÝ KẾT HÔN", ["Đăng ký kết hôn"]),
        ("Đa\u0306ng ky\u0301 kê\u0301t ho\u0302n", ["Đăng ký kết hôn"]),
        ("giay phep kham", ["Cấp giấy phép khám bệnh"]),
        ("qt 03", ["Cấp giấy phép khám bệnh", "Đăng ký kết hôn"]),
        ("QT03", ["Cấp giấy phép khám bệnh", "Đăng ký kết hôn"]),
        ("03/cx-yt", ["Cấp giấy phép khám bệnh"]),
        ("tre em", ["Đăng ký khai sinh"]),
        ("luu dong", []),
        ("not", []),
        ('khai "sinh) *(', ["Đăng ký khai sinh", "Đăng ký kết hôn"]),
    ],
)
def test_documents_are_found_as_people_type(site, typed, found):
    answer = titles(f"{site.absolute_url()}/@@documents", q=typed)
    assert sorted(answer) == sorted(found)


def test_words_in_the_title_come_first(site):
    found = titles(f"{site.absolute_url()}/@@documents", q="khai sinh")
    assert found == ["Đăng ký khai sinh", "Đăng ký kết hôn"]


def test_without_a_question_the_newest_are_shown(site):
    assert titles(f"{site.absolute_url()}/@@documents") == [
        "Cấp giấy phép khám bệnh",
        "Đăng ký kết hôn",
        "Đăng ký khai sinh",
    ]


def test_the_list_is_narrowed_to_an_agency(site):
    uid = api.content.get_uuid(site["so-y-te"])
    url = f"{site.absolute_url()}/@@documents"
    assert titles(url, agency=uid) == ["Cấp giấy phép khám bệnh"]
    assert titles(url, agency=uid, q="khai sinh") == []


def test_in_a_folder_its_own_documents_are_found(site):
    url = f"{site['so-y-te'].absolute_url()}/@@documents"
    assert titles(url) == ["Cấp giấy phép khám bệnh"]


@pytest.mark.parametrize("page", ["0", "-1", "99999999999", "x", "7"])
def test_any_page_number_is_answered(site, page):
    titles(f"{site.absolute_url()}/@@documents", page=page)
    titles(f"{site.absolute_url()}/@@documents", page=page, q="khai")


@pytest.mark.parametrize("query", ["q:list=a&q:list=b", "agency:list=x", "q:record.a=1"])
def test_fields_of_another_shape_are_taken_for_empty(site, query):
    assert titles(f"{site.absolute_url()}/@@documents?{query}")


def test_what_was_typed_is_shown_and_does_not_run(site):
    evil = '"><script>alert(1)</script>'
    page = html.fromstring(get(f"{site.absolute_url()}/@@documents", q=evil))
    assert page.xpath("//main//input[@name='q']/@value") == [evil]
    assert not [script for script in page.xpath("//script") if "alert(1)" in (script.text or "")]


def test_long_lists_have_pages(site, monkeypatch):
    monkeypatch.setattr("eqms.public.listing.PAGE_SIZE", 2)
    url = f"{site.absolute_url()}/@@documents"
    assert len(titles(url)) == 2
    assert titles(url, page="2") == ["Đăng ký khai sinh"]
    assert titles(url, q="khai sinh", page="1") == ["Đăng ký khai sinh", "Đăng ký kết hôn"]
    page = html.fromstring(get(url))
    (after,) = page.xpath("//main//nav[contains(@class, 'eqms-pages')]/a/@href")
    assert titles(after) == ["Đăng ký khai sinh"]


def test_no_document_is_woken_for_a_list(site, monkeypatch):
    from Products.ZCatalog.CatalogBrains import AbstractCatalogBrain

    def woken(brain, *args, **kwargs):
        raise AssertionError(brain.getPath())

    monkeypatch.setattr(AbstractCatalogBrain, "getObject", woken)
    monkeypatch.setattr(AbstractCatalogBrain, "_unrestrictedGetObject", woken)
    assert titles(f"{site.absolute_url()}/@@documents", q="khai sinh")
    assert titles(site["so-tu-phap"].absolute_url())


def test_an_agency_shows_what_is_in_force(site):
    url = site["so-tu-phap"].absolute_url()
    assert titles(url) == ["Đăng ký kết hôn", "Đăng ký khai sinh"]
    assert titles(url, q="ket hon") == ["Đăng ký kết hôn"]


def test_people_of_the_agency_find_drafts_too(site):
    session = requests.Session()
    session.auth = ("author", PASSWORD)
    text = session.get(site["so-tu-phap"].absolute_url()).text
    assert "lưu động" in text
    assert "lưu động" not in get(site["so-tu-phap"].absolute_url())


def test_among_very_many_agencies_one_is_found_by_its_name(site, monkeypatch):
    url = f"{site.absolute_url()}/@@documents"
    assert "Sở Y tế" in get(url)
    monkeypatch.setattr(listing, "MOST_AGENCIES", 1)
    page = html.fromstring(get(url))
    assert not page.xpath("//select[@name='agency']//option")
    assert page.xpath("//input[@name='agency_name']")
    assert titles(url, agency_name="so y te") == ["Cấp giấy phép khám bệnh"]
    assert titles(url, agency_name="y te", q="khai sinh") == []
    assert titles(url, agency_name="khong co") == []
