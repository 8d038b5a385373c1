"""The body of a procedure, as a reader sees it."""

from cast import acting
from datetime import datetime
from datetime import UTC
from eqms.domain import clock
from lxml import html
from plone import api
import pytest


@pytest.fixture
def body(document, http_request):
    """Renders the body of the draft with the given content, as parsed HTML."""

    def render(**content):
        draft = document["rev-1"]
        for name, value in content.items():
            setattr(draft, name, value)
        with acting("author"):
            made = api.content.get_view("revision-body", draft, http_request)()
        return html.fromstring(made)

    return render


def text_of(element):
    return " ".join(element.text_content().split())


def test_an_empty_procedure_has_no_headings(body):
    assert body().xpath("//h2") == []


def test_the_public_reads_first_what_it_comes_for(body):
    made = body(
        purpose="Quy định trình tự.",
        dossier=[{"text": "Tờ khai", "kind": "submit"}],
        scenarios=[{"label": "", "value": "5", "unit": "working_day"}],
        fees_text="Không",
        reception="Trung tâm Phục vụ hành chính công",
        steps=[{"title": "Tiếp nhận"}],
        records=[{"name": "Sổ"}],
        legal_bases=[{"text": "Luật Hộ tịch"}],
    )
    assert [heading.get("id") for heading in made.xpath("//h2")] == [
        "eqms-dossier",
        "eqms-time",
        "eqms-fees",
        "eqms-where",
        "eqms-steps",
        "eqms-records",
        "eqms-legal-bases",
        "eqms-about",
    ]


def test_papers_are_told_apart(body):
    made = body(
        dossier=[
            {"text": "Tờ khai"},
            {"text": "Căn cước", "kind": "present"},
            {"text": "Bản sao phải rõ nét", "kind": "note"},
        ],
        dossier_sets="01 bộ",
    ).xpath("//section[@aria-labelledby='eqms-dossier']")[0]
    assert [text_of(item) for item in made.xpath(".//li")] == [
        "Tờ khai",
        "Căn cước",
        "Bản sao phải rõ nét",
    ]
    assert "5.a" in text_of(made.xpath("./h2")[0])
    assert "01 bộ" in text_of(made)


@pytest.mark.parametrize(
    ("scenario", "words"),
    [
        ({"value": "5", "unit": "working_day"}, "5 working days"),
        ({"value": "0.5", "unit": "day"}, "½ day"),
        ({"value": "25", "unit": "day", "ceiling": True}, "not more than 25 days"),
    ],
)
def test_limits_are_said_in_words(body, scenario, words):
    assert text_of(body(scenarios=[scenario]).xpath("//dl//strong")[0]) == words


def test_steps_stand_in_a_table_with_a_column_for_each_case(body):
    (table,) = body(
        scenarios=[
            {"label": "Không xác minh", "value": "3", "unit": "working_day"},
            {"label": "Có xác minh", "value": "23", "unit": "day"},
        ],
        steps=[
            {"title": "Tiếp nhận:\n- đủ\n- đúng", "responsible": "Cán bộ", "times": ["½ ngày"]},
            {"title": "Thẩm tra", "times": ["1 ngày", "20 ngày"], "output": "Tờ trình"},
        ],
    ).xpath("//table")
    heads = table.xpath("./thead/tr/th")
    assert all(head.get("scope") == "col" for head in heads)
    assert table.xpath("./caption")
    assert [text_of(head) for head in heads][3:5] == [
        "Time Không xác minh 3 working days",
        "Time Có xác minh 23 days",
    ]
    first, second = table.xpath("./tbody/tr")
    assert [text_of(cell.xpath("./div")[0]) for cell in second.xpath("./td")[2:]] == [
        "",
        "1 ngày",
        "20 ngày",
        "Tờ trình",
    ]
    assert text_of(first.xpath("./td")[0]) == "1"
    assert len(first.xpath("./td[2]//li")) == 2
    assert len(first.xpath("./td")) == len(heads)


FEES = [
    {"amount": 8000, "channel": "in_person", "territory": "Nhóm A", "unit": "trường hợp"},
    {"amount": 2000, "unit": "trang", "cap": 200_000},
    {"amount": 0, "channel": "online"},
    {"amount": 7000, "valid_to": "2025-06-30"},
    {"amount": 9000, "valid_from": "2025-07-02", "valid_to": "2026-07-01"},
]


def test_only_fees_of_the_day_are_shown_as_due(body):
    with clock.frozen(datetime(2025, 7, 1, 5, tzinfo=UTC)):
        section = body(fees=FEES).xpath("//section[@aria-labelledby='eqms-fees']")[0]
    current, coming, past = section.xpath("./ul")
    assert [text_of(item) for item in current] == [
        "8.000 đồng/trường hợp In person; Nhóm A",
        "2.000 đồng/trang, at most 200.000 đồng",
        "Free of charge Online",
    ]
    assert [text_of(item) for item in coming] == ["9.000 đồng from 02/07/2025 until 01/07/2026"]
    assert [text_of(item) for item in past] == ["7.000 đồng until 30/06/2025"]
    assert past.xpath(".//s")
    assert "No longer valid" in text_of(past.getprevious())


def test_the_day_is_that_of_the_site(body):
    fees = [{"amount": 7000, "valid_to": "2025-06-30"}]
    with clock.frozen(datetime(2025, 6, 30, 16, 59, tzinfo=UTC)):
        assert not body(fees=fees).xpath("//s")
    with clock.frozen(datetime(2025, 6, 30, 17, 0, tzinfo=UTC)):
        assert body(fees=fees).xpath("//s")


def test_nothing_in_the_content_runs(body):
    evil = "<script>alert(1)</script>"
    made = body(
        purpose=evil,
        applicants=evil,
        dossier=[{"text": evil}],
        steps=[{"title": evil, "responsible": evil, "times": [evil], "output": evil}],
        application_forms=[{"name": evil, "link": "javascript:alert(1)"}],
        administrative_procedures=[{"name": evil, "link": "javascript:alert(1)"}],
        legal_bases=[{"text": evil}],
        scenarios=[{"label": evil, "value": "1", "cut_off": evil}],
        fees=[{"amount": 1, "territory": evil, "unit": evil, "note": evil}],
        definitions=[{"term": evil, "meaning": evil}],
        records=[{"name": evil, "keeper": evil, "retention": evil}],
    )
    assert not made.xpath("//script")
    assert not made.xpath("//a[starts-with(@href, 'javascript')]")
    assert text_of(made).count("alert(1)") >= 14


def test_rows_may_leave_out_columns(body):
    made = body(
        dossier=[{}],
        scenarios=[{}],
        fees=[{}],
        steps=[{}],
        records=[{}],
        forms=[{}],
        application_forms=[{}],
        legal_bases=[{}],
        definitions=[{"term": "UBND"}],
        channels=[{}],
        administrative_procedures=[{}],
    )
    assert "UBND" in text_of(made)


def test_attachments_are_linked_and_the_source_is_not(document, body):
    from plone.namedfile.file import NamedBlobFile

    draft = document["rev-1"]
    draft.source = NamedBlobFile(b"secret", filename="ban-goc.docx")
    with acting("author"):
        attached = NamedBlobFile(b"x" * 3000, filename="pl1.pdf")
        api.content.create(draft, "File", id="phu-luc-1", title="Phụ lục 1", file=attached)
    made = body()
    assert [text_of(item) for item in made.xpath("//li")] == ["Phụ lục 1 (PDF, 3 KB)"]
    assert "ban-goc" not in html.tostring(made, encoding="unicode")


def test_where_it_applies_and_what_was_amended(agency, body):
    made = body(
        applies_to=[agency.UID()],
        applies_to_tiers=["commune"],
        amendments=[{"number": "01/01", "summary": "Bổ sung lệ phí", "ground": "NQ <10>"}],
    )
    places = made.xpath("//section[@aria-labelledby='eqms-applies-to']//li")
    assert [text_of(place) for place in places] == ["Commune", "Sở Tư pháp"]
    cells = made.xpath("//section[@aria-labelledby='eqms-amendments']//td")
    assert [text_of(cell) for cell in cells] == ["01/01", "", "Bổ sung lệ phí", "NQ <10>"]
