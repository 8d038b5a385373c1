"""The content of a procedure by REST: what was sent comes back, what is wrong is refused."""

from cast import PASSWORD
import pytest
import requests


CONTENT = {
    "purpose": "Quy định cách giải quyết hồ sơ.",
    "references": ["TCVN ISO 9001:2015", "Luật Hộ tịch"],
    "definitions": [{"term": "UBND", "meaning": "Ủy ban nhân dân"}],
    "administrative_procedures": [
        {
            "code": "1.001193",
            "name": "Đăng ký lại khai sinh",
            "decision": "Quyết định số 01/QĐ-UBND",
            "online_level": "full",
            "link": "https://dichvucong.example.vn/1.001193",
        }
    ],
    "dossier": [
        {"text": "Tờ khai", "kind": "submit"},
        {"text": "Căn cước", "kind": "present"},
    ],
    "dossier_sets": "01 bộ",
    "channels": [{"channel": "online", "time": "", "fee": "4.000 đồng", "note": ""}],
    "scenarios": [
        {
            "label": "Không xác minh",
            "value": "5",
            "unit": "working_day",
            "ceiling": False,
            "cut_off": "15:00",
            "basis": "Điều 27",
        },
        {
            "label": "Có xác minh",
            "value": "25",
            "unit": "day",
            "ceiling": True,
            "cut_off": "",
            "basis": "",
        },
    ],
    "fees": [
        {
            "territory": "Nhóm A",
            "channel": "in_person",
            "amount": 8000,
            "unit": "trường hợp",
            "cap": None,
            "valid_from": "2025-07-01",
            "valid_to": None,
            "note": "",
        }
    ],
    "steps": [
        {
            "title": "Tiếp nhận hồ sơ",
            "responsible": "Cán bộ tiếp nhận",
            "times": ["½ ngày", "1 ngày"],
            "output": "Phiếu hẹn",
            "case": "",
        },
        {
            "title": "Thẩm tra:\n- hồ sơ\n- giấy tờ",
            "responsible": "Công chức Tư pháp - Hộ tịch",
            "times": ["4,5", "không xác định"],
            "output": "",
            "case": "",
        },
    ],
    "records": [{"name": "Sổ đăng ký khai sinh", "keeper": "UBND", "retention": "Vĩnh viễn"}],
}


@pytest.fixture
def author():
    session = requests.Session()
    session.auth = ("author", PASSWORD)
    session.headers["Accept"] = "application/json"
    return session


@pytest.fixture
def draft_url(live_document):
    return live_document["rev-1"].absolute_url()


def test_what_was_sent_comes_back(author, draft_url):
    answer = author.patch(draft_url, json=CONTENT)
    assert answer.status_code == 204, answer.text
    content = author.get(draft_url).json()
    for name, value in CONTENT.items():
        if name != "steps":
            assert content[name] == value, name
    steps = content["steps"]
    assert [
        {name: step[name] for name in sent}
        for step, sent in zip(steps, CONTENT["steps"], strict=True)
    ] == CONTENT["steps"]
    assert [step["number"] for step in steps] == [1, 2]
    assert steps[0]["durations"] == [
        {"value": 0.5, "unit": "day", "text": "½ ngày"},
        {"value": 1, "unit": "day", "text": "1 ngày"},
    ]
    assert steps[1]["durations"] == [{"value": 4.5, "unit": "working_day", "text": "4,5"}, None]


def test_what_was_read_can_be_sent_again(author, draft_url):
    author.patch(draft_url, json=CONTENT)
    before = author.get(draft_url).json()
    answer = author.patch(draft_url, json={name: before[name] for name in CONTENT})
    assert answer.status_code == 204, answer.text
    assert {name: author.get(draft_url).json()[name] for name in CONTENT} == {
        name: before[name] for name in CONTENT
    }


def test_a_procedure_is_added_with_its_content(author, live_agency):
    answer = author.post(
        live_agency.absolute_url(),
        json={
            "@type": "Procedure",
            "code": "QT 05/CX-HCTP",
            "title": "Đăng ký nhận cha, mẹ, con",
            "revision": {"steps": [{"title": "Tiếp nhận"}], "scenarios": [{"value": "1,5"}]},
        },
    )
    assert answer.status_code == 201, answer.text
    content = author.get(answer.json()["@id"] + "/rev-1").json()
    assert content["steps"][0]["title"] == "Tiếp nhận"
    assert content["scenarios"][0]["value"] == "1.5"
    assert content["scenarios"][0]["unit"] == "working_day"


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("steps", "Tiếp nhận", ""),
        ("steps", [{"title": "a"}, "b"], "2"),
        ("steps", [{"title": "a", "times": "½ ngày"}], "times"),
        ("steps", [{"title": "a", "titel": "b"}], "titel"),
        ("steps", [{"responsible": "Văn thư"}], "title"),
        ("scenarios", [{"value": "soon"}], "soon"),
        ("fees", [{"amount": -5}], "amount"),
        ("fees", [{"amount": "8.00"}], "amount"),
        ("fees", [{"amount": 5, "valid_to": "2025-13-01"}], "valid_to"),
        ("records", {"name": "Sổ"}, ""),
        ("outcomes", "Giấy khai sinh", ""),
        ("purpose", 5, ""),
    ],
)
def test_what_is_wrong_is_refused_by_name(author, draft_url, field, value, named):
    answer = author.patch(draft_url, json={field: value})
    assert answer.status_code == 400
    message = str(answer.json())
    assert field in message
    assert named in message
    assert not author.get(draft_url).json()[field]


def test_a_fee_does_not_end_before_it_begins(author, draft_url):
    fee = {"amount": 1, "valid_from": "2025-07-02", "valid_to": "2025-07-01"}
    answer = author.patch(draft_url, json={"fees": [fee]})
    assert answer.status_code == 400
    assert "1" in answer.json()["message"]


def test_null_empties_a_table(author, draft_url):
    author.patch(draft_url, json=CONTENT)
    assert author.patch(draft_url, json={"steps": None}).status_code == 204
    assert author.get(draft_url).json()["steps"] == []


def test_checks_of_a_revision_by_rest(author, live_document):
    url = f"{live_document.absolute_url()}/rev-1"
    content = {
        "scenarios": [{"value": "1", "unit": "day"}],
        "steps": [{"title": "Ký", "responsible": "Lãnh đạo", "times": ["02 ngày"]}],
    }
    assert author.patch(url, json=content).status_code == 204
    answer = author.get(f"{url}/@checks")
    assert answer.headers["Cache-Control"] == "private, no-store"
    (found,) = [one for one in answer.json()["items"] if one["check"] == "sum_differs"]
    assert found == {
        "check": "sum_differs",
        "severity": "error",
        "message": "The steps add up to 2 days, the limit is 1 day.",
        "place": {"field": "scenarios", "row": 1},
        "where": "Cases and their limits, row 1",
        "blocks": False,
    }


def test_checks_of_a_draft_are_not_for_everybody(live_document):
    url = f"{live_document.absolute_url()}/rev-1/@checks"
    assert requests.get(url, headers={"Accept": "application/json"}, timeout=20).status_code == 404
