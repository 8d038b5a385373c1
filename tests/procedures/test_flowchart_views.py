"""Flow charts: safe, whole, the same to who hears them; models that keep to the format."""

from cast import acting
from cast import add_document
from cast import issue
from eqms.procedures.bpmn import bpmn
from eqms.procedures.bpmn import MODEL
from eqms.procedures.flowchart import svg
from lxml import etree
from procedures.shapes import procedure
from procedures.shapes import SHAPES
from procedures.shapes import step
from zope.lifecycleevent import modified
import pytest
import requests
import transaction


SVG = "{http://www.w3.org/2000/svg}"
KNOWN = {"svg", "title", "desc", "path", "polygon", "rect", "circle", "text"}
STEPS = [step("Tiếp nhận", "Văn thư"), step("<i>Ký</i>", "Lãnh đạo")]


def words(root):
    return " ".join(element.text or "" for element in root.iter(f"{SVG}text"))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_picture_is_well_formed_and_says_nothing_to_the_browser_but_shapes(shape):
    root = etree.fromstring(svg(SHAPES[shape]))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= KNOWN
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not any(
        name.startswith("on") or "href" in name or name == "style" for name in attributes
    )
    assert root.get("role") == "img"
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    assert set(root.get("aria-labelledby").split()) == ids


@pytest.mark.parametrize("shape", SHAPES)
def test_everything_lies_in_the_picture(shape):
    root = etree.fromstring(svg(SHAPES[shape]))
    _x, _y, width, height = map(float, root.get("viewBox").split())
    assert width == 360
    for rect in root.iter(f"{SVG}rect"):
        assert 0 <= float(rect.get("x")) <= width - float(rect.get("width"))
        assert 0 <= float(rect.get("y")) <= height - float(rect.get("height"))


def test_the_picture_tells_who_what_and_how_long():
    root = etree.fromstring(svg(SHAPES["one table"]))
    for text in (
        "Cán bộ tiếp nhận",
        "+ Hợp lệ: trình ký",
        "Lãnh đạo UBND",
        "Time: ½ ngày",
        "BM 01",
    ):
        assert text in words(root)
    said = root.find(f"{SVG}desc").text
    assert said.splitlines()[2] == "3. Ký (Lãnh đạo UBND). Time: ½ ngày"


def test_each_case_of_a_table_has_its_time():
    said = words(etree.fromstring(svg(SHAPES["two cases in one table"])))
    assert "Không xác minh: 02 ngày" in said
    assert "Có xác minh: 22 ngày" in said


def test_tables_are_branches_of_a_choice():
    said = words(etree.fromstring(svg(SHAPES["several tables"])))
    for text in ("Which case?", "Nộp trực tiếp", "Nộp trực tuyến", "Other cases"):
        assert text in said
    assert said.count("End") == 3


def test_hostile_texts_stay_texts():
    made = svg(SHAPES["hostile texts"])
    assert "<script" not in made
    assert "<img" not in made
    assert "\x00" not in made
    assert "alert(1)" in words(etree.fromstring(made))


def test_nothing_is_drawn_of_nothing():
    assert svg(procedure()) == ""
    assert bpmn(procedure()) == b""


@pytest.mark.parametrize("shape", SHAPES)
def test_a_model_is_sound(shape):
    root = etree.fromstring(bpmn(SHAPES[shape]))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    flows = list(root.iter(f"{{{MODEL}}}sequenceFlow"))
    ends = {flow.get(end) for flow in flows for end in ("sourceRef", "targetRef")}
    in_lanes = [element.text for element in root.iter(f"{{{MODEL}}}flowNodeRef")]
    assert ends == set(in_lanes)
    assert len(in_lanes) == len(set(in_lanes))
    drawn = {element.get("bpmnElement") for element in root.iter() if element.get("bpmnElement")}
    assert drawn >= {*in_lanes, *(flow.get("id") for flow in flows)}


def test_a_lane_for_each_role():
    root = etree.fromstring(bpmn(SHAPES["one table"]))
    lanes = {
        lane.get("name"): len(lane.findall(f"{{{MODEL}}}flowNodeRef"))
        for lane in root.iter(f"{{{MODEL}}}lane")
    }
    assert lanes == {"Cán bộ tiếp nhận": 4, "Chuyên viên": 1, "Lãnh đạo UBND": 1}


def test_cases_are_ways_between_two_gateways():
    root = etree.fromstring(bpmn(SHAPES["several tables"]))
    names = {flow.get("name") for flow in root.iter(f"{{{MODEL}}}sequenceFlow")} - {None}
    assert names == {"Nộp trực tiếp", "Nộp trực tuyến", "Other cases"}
    assert len(list(root.iter(f"{{{MODEL}}}exclusiveGateway"))) == 2


def test_all_of_a_step_stands_in_the_documentation():
    root = etree.fromstring(bpmn(SHAPES["hostile texts"]))
    told = root.find(f".//{{{MODEL}}}task/{{{MODEL}}}documentation").text
    assert told.count("<script>") == 6, "title, role, label, two times, output"


@pytest.fixture
def in_force(live_agency):
    document = add_document(live_agency, title="Đăng ký kết hôn")
    with acting("author"):
        document["rev-1"].steps = STEPS
        modified(document["rev-1"])
    issue(document["rev-1"])
    transaction.commit()
    return document.absolute_url()


def test_the_public_page_shows_and_offers_it(in_force):
    page = requests.get(in_force, timeout=20).text
    assert 'class="eqms-flow"' in page
    assert "&lt;i&gt;Ký&lt;/i&gt;" in page
    assert "<i>Ký</i>" not in page
    for name, content_type in (("svg", "image/svg+xml"), ("bpmn", "application/xml")):
        assert f"/rev-1/@@flowchart.{name}" in page
        answer = requests.get(f"{in_force}/rev-1/@@flowchart.{name}", timeout=20)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith(content_type)
        assert answer.headers["Content-Disposition"] == (
            f'attachment; filename="dang-ky-ket-hon.{name}"'
        )
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        etree.fromstring(answer.content)


def test_a_draft_gives_no_chart_away(live_agency, live_document):
    for name in ("svg", "bpmn"):
        url = f"{live_document.absolute_url()}/rev-1/@@flowchart.{name}"
        assert requests.get(url, timeout=20).status_code == 404
        auth = ("author", "Mat-khau-9001!")
        assert requests.get(url, timeout=20, auth=auth).status_code == 404, "there are no steps yet"
