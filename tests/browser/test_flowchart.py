"""Flow charts in a real browser: on a telephone, and as models in the library that people use."""

from cast import acting
from cast import add_document
from cast import issue
from eqms.exchange.mapping import revision_fields
from eqms.exchange.word import read_procedure
from eqms.procedures.bpmn import bpmn
from pathlib import Path
from procedures.shapes import procedure
from procedures.shapes import SHAPES
from procedures.shapes import step
from zope.lifecycleevent import modified
import os
import pytest
import transaction


pytestmark = pytest.mark.browser

BPMN_JS = Path(__file__).parent / "vendor" / "bpmn-js" / "bpmn-viewer.production.min.js"
OPEN = """
async xml => {
    const viewer = new BpmnJS({container: '#canvas'});
    const {warnings} = await viewer.importXML(xml);
    const drawn = viewer.get('elementRegistry').filter(element => element.type === 'bpmn:Task');
    viewer.destroy();
    return {warnings: warnings.map(warning => warning.message), tasks: drawn.length};
}
"""


@pytest.fixture
def viewer(chromium):
    """Opens a model with bpmn-js; answers with its warnings and the steps it draws."""
    context = chromium.new_context(offline=True)
    page = context.new_page()
    page.set_content('<div id="canvas" style="width: 1200px; height: 800px"></div>')
    page.add_script_tag(path=BPMN_JS)
    yield lambda model: page.evaluate(OPEN, model.decode())
    context.close()


@pytest.mark.parametrize("shape", SHAPES)
def test_bpmn_js_opens_a_model_without_a_warning(viewer, shape):
    revision = SHAPES[shape]
    assert viewer(bpmn(revision)) == {"warnings": [], "tasks": len(revision.steps)}


def test_bpmn_js_opens_every_real_procedure(viewer):
    if "EQMS_CORPUS" not in os.environ:
        pytest.skip("EQMS_CORPUS is not set: the real procedures are not at hand")
    files = sorted(Path(os.environ["EQMS_CORPUS"]).glob("procedures/*.docx"))
    assert files
    for path in files:
        reading = read_procedure(path.read_bytes(), path.name)
        fields = revision_fields(reading)
        revision = procedure(*fields["steps"], scenarios=fields["scenarios"], title=reading.title)
        assert viewer(bpmn(revision)) == {"warnings": [], "tasks": len(reading.steps)}, path.name


def test_a_chart_fits_a_telephone(visitors, live_agency):
    document = add_document(live_agency, title="Đăng ký kết hôn")
    with acting("author"):
        document["rev-1"].steps = [step("Tiếp nhận hồ sơ " * 20, "Văn thư"), step("Ký", "Lãnh đạo")]
        modified(document["rev-1"])
    issue(document["rev-1"])
    transaction.commit()
    page = visitors(viewport={"width": 320, "height": 640})
    page.goto(document.absolute_url())
    chart = page.locator(".eqms-flow svg")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    with page.expect_download() as download:
        page.click("a[href$='@@flowchart.bpmn']")
    assert download.value.suggested_filename == "dang-ky-ket-hon.bpmn"
