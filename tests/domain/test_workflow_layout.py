"""The picture of a workflow: nothing lies on anything else, and it is always the same."""

from eqms.domain.text_width import width_of
from eqms.domain.text_width import wrapped
from eqms.domain.workflow_layout import Arrow
from eqms.domain.workflow_layout import lay_out
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies
from itertools import combinations
import pytest


LONG = "Đã ban hành, chưa có hiệu lực vì còn chờ ngày ghi trong quyết định của người đứng đầu"

PUBLICATION = (
    {"private": "Riêng tư", "pending": "Chờ duyệt", "published": "Đã xuất bản"},
    [
        Arrow("private", "pending", {"submit": "Trình"}),
        Arrow("private", "published", {"publish": "Xuất bản"}),
        Arrow("pending", "published", {"publish": "Xuất bản"}),
        Arrow("pending", "private", {"reject": "Trả lại", "retract": "Rút lại"}),
        Arrow("published", "private", {"reject": "Trả lại", "retract": "Rút lại"}),
        Arrow("published", "published", {"touch": "Cập nhật"}),
    ],
    "private",
)


def rectangles(drawing):
    """Left, top, right, bottom of every box and label."""
    for box in drawing.boxes:
        yield box.x, box.y, box.x + box.width, box.y + box.height
    for curve in drawing.curves:
        for text in curve.texts:
            top = text.y - text.size * 1.3 / 2
            yield text.x - text.width / 2, top, text.x + text.width / 2, top + text.height


def overlap(one, other, slack=0.5):
    return (
        one[0] < other[2] - slack
        and other[0] < one[2] - slack
        and one[1] < other[3] - slack
        and other[1] < one[3] - slack
    )


@strategies.composite
def graphs(draw):
    names = [f"s{number}" for number in range(draw(strategies.integers(1, 9)))]
    titles = strategies.sampled_from(["Nháp", "Đang có hiệu lực", LONG, "x" * 60, ""])
    ends = strategies.tuples(strategies.sampled_from(names), strategies.sampled_from(names))
    pairs = draw(strategies.lists(ends, max_size=18, unique=True))
    arrows = [
        Arrow(source, target, {f"t{at}-{n}": draw(titles) for n in range(1 + at % 3)})
        for at, (source, target) in enumerate(pairs)
    ]
    return {name: draw(titles) for name in names}, arrows, draw(strategies.sampled_from(names))


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_nothing_covers_anything_and_all_is_inside(graph):
    states, arrows, initial = graph
    drawing = lay_out(states, arrows, initial)
    assert {box.id for box in drawing.boxes} == set(states)
    assert len(drawing.curves) == len(arrows)
    placed = list(rectangles(drawing))
    for left, top, right, bottom in placed:
        assert left >= 0 and top >= 0
        assert right <= drawing.width and bottom <= drawing.height
    assert not [pair for pair in combinations(placed, 2) if overlap(*pair)]


@settings(max_examples=20, deadline=None)
@given(graphs())
def test_it_is_the_same_each_time(graph):
    assert lay_out(*graph) == lay_out(*graph)


def test_content_begins_on_top_and_goes_down():
    boxes = {box.id: box.y for box in lay_out(*PUBLICATION).boxes}
    assert boxes["private"] < boxes["pending"] < boxes["published"]


def test_each_arrow_ends_where_it_leads():
    drawing = lay_out(*PUBLICATION)
    boxes = {box.id: box for box in drawing.boxes}
    for curve in drawing.curves:
        for name, (x, y) in (
            (curve.arrow.source, curve.points[0]),
            (curve.arrow.target, curve.points[-1]),
        ):
            box = boxes[name]
            assert box.x <= x <= box.x + box.width
            assert box.y - 0.1 <= y <= box.y + box.height + 0.1


def test_every_transition_has_its_label():
    drawing = lay_out(*PUBLICATION)
    for curve in drawing.curves:
        assert [text.id for text in curve.texts] == list(curve.arrow.labels)


def test_both_directions_between_two_states_are_apart():
    states = {"a": "A", "b": "B"}
    arrows = [Arrow("a", "b", {"go": "Đi"}), Arrow("b", "a", {"come": "Về"})]
    there, back = lay_out(states, arrows, "a").curves
    assert there.texts[0].x != back.texts[0].x
    assert there.points[0][1] < there.points[-1][1]
    assert back.points[0][1] > back.points[-1][1]


def test_a_long_title_is_broken_between_words():
    lines = wrapped(LONG, 14, 170)
    assert " ".join(lines) == LONG
    assert len(lines) > 3
    assert all(width_of(line, 14) <= 170 for line in lines)


@pytest.mark.parametrize(("text", "lines"), [("", 1), ("   ", 1), ("a", 1), ("m" * 40, 4)])
def test_odd_titles_are_broken_too(text, lines):
    assert len(wrapped(text, 14, 170)) == lines


def test_a_letter_with_its_marks_is_as_wide_however_it_is_written():
    assert width_of("e\N{COMBINING CIRCUMFLEX ACCENT}\N{COMBINING ACUTE ACCENT}", 10) == width_of(
        "\N{LATIN SMALL LETTER E WITH CIRCUMFLEX AND ACUTE}", 10
    )
