"""Pages and REST of comparisons: what they show, to whom, and that text stays text."""

from cast import acting
from cast import issue
from eqms.documents.drafting import revise
from plone import api
from plone.app.textfield import RichTextValue
from plone.namedfile.file import NamedBlobFile
from test_comparison import word_file
from zExceptions import NotFound
import lxml.html
import pytest
import transaction


EVIL = "<img src=x onerror=alert(1)>"
QUOTES = '"><script>alert(2)</script>'


def rich(html):
    return RichTextValue(html, "text/html", "text/x-html-safe")


def write(revision, words):
    """The same words in each place that a comparison shows."""
    revision.title = f"Khai sinh {words} {EVIL} {QUOTES}"
    revision.purpose = f"Mục đích {words} {EVIL} {QUOTES}"
    revision.steps = [{"title": f"Tiếp nhận {words} {EVIL} {QUOTES}", "times": [EVIL]}]
    revision.text = rich(f"<p>Trình tự {words} &lt;img src=x onerror=alert(1)&gt; {EVIL}</p>")
    revision.source = word_file(f"Quy trình {words} {EVIL} {QUOTES}", name=f"{words}{EVIL}.docx")


@pytest.fixture
def old(document):
    revision = document["rev-1"]
    write(revision, "cũ")
    return issue(revision)


@pytest.fixture
def new(document, old):
    with acting("author"):
        revision = revise(document)
        write(revision, "mới")
        api.content.create(
            revision,
            "File",
            id="tep",
            title=EVIL,
            file=NamedBlobFile(b"x", "text/plain", f"{EVIL}.txt"),
        )
        return revision


def page(revision, name="compare", by="author", **form):
    """What a person sees; as HTML that can be searched."""
    request = api.portal.get().REQUEST.clone()
    request.form.update(form)
    with acting(by):
        return api.content.get_view(name, revision, request)()


def fields(html):
    """Titles of the fields that are shown."""
    return [heading.text_content() for heading in lxml.html.fromstring(html).cssselect("h3")]


class TestPage:
    @pytest.mark.parametrize("name", ["compare", "redline"])
    def test_what_people_wrote_stays_text(self, new, name):
        html = page(new, name)
        assert "&lt;img src=x onerror=alert(1)&gt;" in html
        tree = lxml.html.fromstring(html)
        assert not tree.cssselect("[onerror]")
        assert not [tag for tag in tree.cssselect("script") if "alert" in (tag.text or "")]
        shown = tree.cssselect(".eqms-redline")[0]
        assert not shown.cssselect("img, script")
        for field in ("title", "purpose", "steps", "text", "source", "source:text", "parts/tep"):
            assert EVIL in shown.cssselect(f"[id='redline-{field}']")[0].text_content(), field

    def test_it_marks_what_changed_and_says_it_in_words(self, new):
        purpose = lxml.html.fromstring(page(new)).cssselect("#redline-purpose")[0]
        assert purpose.cssselect("ins")[0].text_content() == "[inserted:mới]"
        assert purpose.cssselect("del")[0].text_content() == "[deleted:cũ]"

    def test_it_shows_what_changed_or_all(self, old, new):
        old.scope = new.scope = "Toàn tỉnh"
        assert "Scope" not in fields(page(new))
        assert "Scope" in fields(page(new, all="1"))

    def test_a_draft_is_held_against_what_is_in_force(self, new):
        assert "01/00" in page(new) and "01/01" in page(new)

    def test_of_a_long_text_only_the_lines_around_a_change_are_shown(self, old, new):
        old.scope = "\n".join(f"Dòng số {number}" for number in range(30))
        new.scope = old.scope.replace("Dòng số 20", "Hàng số 20")
        text = lxml.html.fromstring(page(new)).cssselect("#redline-scope")[0].text_content()
        assert "Dòng số 19" in text and "Dòng số 21" in text
        assert "Dòng số 5" not in text
        assert "Unchanged lines: 19" in " ".join(text.split())

    def test_a_row_says_what_became_of_it(self, old, new):
        old.definitions = [{"term": term} for term in ("Một", "Hai", "Ba", "Bốn")]
        new.definitions = [{"term": term} for term in ("Bốn", "Một", "Ba", "Năm")]
        table = lxml.html.fromstring(page(new)).cssselect("#redline-definitions tbody")[0]
        assert [" ".join(row.text_content().split()) for row in table.cssselect("tr")] == [
            "1 (was 4) Moved Bốn",
            "Unchanged rows: 1",
            "(was 2) Removed [deleted:Hai]",
            "Unchanged rows: 1",
            "4 Added [inserted:Năm]",
        ]

    def test_the_first_revision_has_nothing_to_be_compared_with(self, document):
        for name in ("redline", "compare"):
            assert "no other revision to compare with" in page(document["rev-1"], name)

    @pytest.mark.parametrize("asked", ["1", "7", "x", ["2"], ""])
    def test_only_another_revision_can_be_asked_for(self, old, new, asked):
        with pytest.raises(NotFound):
            page(old, by="author", **{"with": asked})

    def test_what_one_may_not_view_is_not_there(self, old, new):
        with pytest.raises(NotFound):
            page(old, by="member", **{"with": "2"})
        assert "no other revision to compare with" in page(old, by="member")
        assert "eqms-redline-field" in page(old, by="author", **{"with": "2"})


class TestRest:
    @pytest.fixture
    def live(self, live_document):
        """Two revisions, committed."""
        old = live_document["rev-1"]
        write(old, "cũ")
        issue(old)
        with acting("author"):
            new = revise(live_document)
        write(new, "mới")
        transaction.commit()
        return live_document

    @pytest.fixture
    def get(self, live, request_factory):
        def ask(path, by="author"):
            session = request_factory(basic_auth=(by, "Mat-khau-9001!"))
            return session.get(f"{live.absolute_url()}/{path}")

        return ask

    def test_it_answers_with_segments(self, get):
        answer = get("rev-2/@compare?with=1").json()
        assert [answer["old"]["seq"], answer["new"]["seq"]] == [1, 2]
        purpose = next(field for field in answer["fields"] if field["name"] == "purpose")
        assert purpose["lines"][0][:3] == [
            {"mark": "kept", "text": "Mục đích "},
            {"mark": "deleted", "text": "cũ"},
            {"mark": "inserted", "text": "mới"},
        ]
        step = next(field for field in answer["fields"] if field["name"] == "steps")["rows"][0]
        assert (step["kind"], step["moved"], step["old"], step["new"]) == ("changed", False, 0, 0)

    def test_it_tells_a_stranger_nothing(self, get):
        assert get("rev-1/@compare?with=2", by="member").status_code == 404
        assert get("rev-2/@compare?with=1", by="member").status_code == 404
        assert get("rev-1/@compare", by="member").json()["fields"] == []
