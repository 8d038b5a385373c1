"""Every answer of a site with the demo says so and asks not to be indexed; others do not."""

from eqms.demo import marking
from eqms.demo.marking import WORDS
from ZPublisher.pubevents import PubAfterTraversal
import pytest
import requests


NOINDEX = "noindex, nofollow"
JUSTICE = "co-quan/so-tu-phap"
BIRTH = f"{JUSTICE}/qt-01-cx-hctp"


@pytest.fixture(scope="class")
def get(demo_site):
    """Ask for something in the site as nobody."""

    def get(path, **headers):
        return requests.get(f"{demo_site.absolute_url()}/{path}", headers=headers, timeout=30)

    return get


class TestDemoSite:
    @pytest.mark.parametrize(
        "path", ["", "documents?q=khai", "co-quan", JUSTICE, BIRTH, "login", "@@search", "sitemap"]
    )
    def test_pages(self, get, path):
        answer = get(path)
        assert answer.status_code == 200
        assert answer.headers["X-Robots-Tag"] == NOINDEX
        assert WORDS in answer.text
        assert '<meta name="robots" content="noindex, nofollow"' in answer.text

    def test_files(self, get):
        answer = get(f"{BIRTH}/rev-1/to-khai-dang-ky-khai-sinh.docx/@@download/file")
        assert answer.status_code == 200
        assert answer.headers["X-Robots-Tag"] == NOINDEX

    def test_rest(self, get):
        answer = get(BIRTH, Accept="application/json")
        assert answer.json()["revision_in_force"]["title"] == "Đăng ký khai sinh"
        assert answer.headers["X-Robots-Tag"] == NOINDEX

    def test_anonymous_finds_a_procedure_without_diacritics(self, get):
        answer = get("@search?SearchableText=khai+sinh", Accept="application/json")
        titles = {item["title"] for item in answer.json()["items"]}
        assert {"Đăng ký khai sinh", "Đăng ký lại khai sinh"} <= titles
        assert "Đăng ký khai sinh lưu động" not in titles
        assert ">Đăng ký khai sinh<" in get("documents?q=khai+sinh").text

    def test_links_of_the_front_page_lead_somewhere(self, demo_site):
        page = demo_site["trang-chu"]
        assert "resolveuid" in page.text.raw
        assert "resolveuid" not in page.text.output


def test_a_site_without_the_demo_is_not_marked(portal, http_request):
    marking.keep_out_of_search_engines(PubAfterTraversal(http_request))
    assert http_request.response.getHeader("X-Robots-Tag") is None
    banner = marking.OnDemoSite(portal, http_request, None)
    assert banner.render() == ""
