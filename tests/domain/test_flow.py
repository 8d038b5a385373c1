"""Pictures of the flow of a procedure: nothing covers anything, whatever is drawn."""

from eqms.domain import flow_layout
from eqms.domain import lanes
from eqms.domain.flow import Branch
from eqms.domain.flow import drawable
from eqms.domain.flow import Flow
from eqms.domain.flow import shortened
from eqms.domain.flow import Task
from hypothesis import given
from hypothesis import strategies as st
from itertools import combinations
from itertools import pairwise
import pytest


WORDS = flow_layout.Words(
    "Bắt đầu", "Kết thúc", "Trường hợp nào?", "Thời gian", "Kết quả", "Chưa rõ"
)

TEXTS = st.text(alphabet="aăâ đơưĐ-\n.", max_size=120)
TASKS = st.builds(
    Task,
    number=st.integers(1, 30),
    title=TEXTS,
    responsible=st.sampled_from(["Văn thư", "Lãnh đạo\nPhối hợp: Sở", "Chuyên viên " * 12, ""]),
    times=st.lists(st.tuples(TEXTS, TEXTS), max_size=3).map(tuple),
    output=TEXTS,
)
BRANCHES = st.builds(
    Branch, caption=TEXTS, tasks=st.lists(TASKS, min_size=1, max_size=6).map(tuple)
)
FLOWS = st.builds(Flow, title=TEXTS, branches=st.lists(BRANCHES, min_size=1, max_size=4).map(tuple))


def apart(one, other):
    return (
        one.x + one.width <= other.x
        or other.x + other.width <= one.x
        or one.y + one.height <= other.y
        or other.y + other.height <= one.y
    )


@given(FLOWS)
def test_a_column_for_telephones(flow):
    drawing = flow_layout.lay_out(flow, WORDS)
    for one, other in combinations(drawing.shapes, 2):
        assert apart(one, other)
    for shape in drawing.shapes:
        assert shape.x >= 0
        assert shape.x + shape.width <= drawing.width == flow_layout.WIDTH
        assert shape.y + shape.height <= drawing.height
        for label in shape.labels:
            assert shape.y < label.y < shape.y + shape.height
    kinds = [shape.kind for shape in drawing.shapes]
    assert kinds.count("step") == len(flow.tasks)
    assert kinds.count("end") == len(flow.branches)
    # Every shape but the start is reached by one line.
    assert len(drawing.lines) == len(drawing.shapes) - 1


@given(FLOWS)
def test_lines_of_a_picture_with_lanes_cross_no_step(flow):
    picture = lanes.lay_out(flow)
    for one, other in combinations(picture.nodes, 2):
        assert apart(one.bounds, other.bounds)
    for node in picture.nodes:
        lane = picture.lanes[node.lane]
        assert lane.y <= node.bounds.y
        assert node.bounds.y + node.bounds.height <= lane.y + lane.height
        assert node.bounds.x + node.bounds.width <= picture.pool.width
    for edge in picture.edges:
        for (from_x, from_y), (to_x, to_y) in pairwise(edge.points):
            assert from_x == to_x or from_y == to_y
            way = lanes.Bounds(
                min(from_x, to_x), min(from_y, to_y), abs(to_x - from_x), abs(to_y - from_y)
            )
            others = [node for node in picture.nodes if node not in (edge.source, edge.target)]
            assert all(apart(way, node.bounds) for node in others)


@given(FLOWS)
def test_everything_is_on_the_way_from_start_to_end(flow):
    picture = lanes.lay_out(flow)
    after = {}
    for edge in picture.edges:
        after.setdefault(edge.source.id, []).append(edge.target.id)
    seen, ahead = set(), ["Start"]
    while ahead:
        here = ahead.pop()
        if here not in seen:
            seen.add(here)
            ahead += after.get(here, [])
    assert seen == {node.id for node in picture.nodes}
    assert [node.id for node in picture.nodes if node.id not in after] == ["End"]


def test_a_role_is_the_first_line_of_who_is_responsible():
    flow = Flow("", (Branch("", (Task(1, "a", "- Văn thư\nLãnh đạo"), Task(2, "b", "Văn thư"))),))
    assert flow.roles == ("Văn thư",)


def test_long_texts_end_with_an_ellipsis():
    assert shortened(["a", "b."], 2) == ("a", "b.")
    assert shortened(["a", "b.", "c"], 2) == ("a", "b …")


@pytest.mark.parametrize(("text", "kept"), [("a\x00\x0b\ufffe b\n", "a b"), ("e\u0302", "ê")])
def test_what_xml_does_not_know_is_left_out(text, kept):
    assert drawable(text) == kept
