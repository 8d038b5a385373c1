"""A workflow as SVG: stands alone, reads the same to a screen reader, and needs no style sheet."""

from collections.abc import Mapping
from eqms import _
from eqms.domain.text_width import width_of
from eqms.domain.workflow_graph import is_internal
from eqms.domain.workflow_graph import reachable
from eqms.domain.workflow_graph import Site
from eqms.domain.workflow_graph import Workflow
from eqms.domain.workflow_layout import Arrow
from eqms.domain.workflow_layout import Box
from eqms.domain.workflow_layout import Curve
from eqms.domain.workflow_layout import Drawing
from eqms.domain.workflow_layout import LABEL_SIZE
from eqms.domain.workflow_layout import lay_out
from eqms.domain.workflow_layout import LINE
from eqms.domain.workflow_layout import Text
from eqms.workflows.wording import told
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.etree.ElementTree import SubElement
from zope.i18nmessageid import Message


FONT: Final = "system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif"

INK: Final = "#1d2733"
QUIET: Final = "#5b6673"
PAPER: Final = "#ffffff"
STEP: Final = "#1f5fa8"
START: Final = "#dbe9f8"
END: Final = "#e7e9ec"
ALARM: Final = "#b3261e"

DASHES: Final = "6 4"

_LEGEND_ROW: Final = 24
_SAMPLE: Final = 44

STATE_START = _("drawing_start", default="Where content begins")
STATE_END = _("drawing_end", default="No way leads on")
STATE_WRONG = _("drawing_wrong", default="Cannot be reached, or does not exist")
STEP_PERSON = _("drawing_person", default="Taken by people")
STEP_CODE = _("drawing_code", default="Taken by the software only: no role may")


def svg(workflow: Workflow, site: Site) -> str:
    """The picture of a workflow with a legend and a text alternative."""
    picture = _Picture(workflow, site)
    return ElementTree.tostring(picture.drawn(), encoding="unicode")


class _Picture:
    """Draws one workflow."""

    def __init__(self, workflow: Workflow, site: Site) -> None:
        self.workflow = workflow
        self.reached = reachable(workflow)
        self.internal = {
            item.id for item in workflow.transitions if is_internal(workflow, item, site)
        }
        states = {state.id: state.title for state in workflow.states}
        arrows = _arrows(workflow)
        for arrow in arrows:
            states.setdefault(arrow.target, f"? {arrow.target}")
        self.drawing: Drawing | None = lay_out(states, arrows, workflow.initial) if states else None

    def drawn(self) -> Element:
        """The root element."""
        width = max(self.drawing.width if self.drawing else 0, _legend_width())
        top = self.drawing.height if self.drawing else 0
        legend = self._legend(top)
        height = top + _LEGEND_ROW * len(legend) + 8
        name = self.workflow.id
        root = Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {width:.0f} {height:.0f}",
                "width": f"{width:.0f}",
                "height": f"{height:.0f}",
                "role": "img",
                "aria-labelledby": f"{name}-title {name}-text",
                "font-family": FONT,
                "text-anchor": "middle",
            },
        )
        SubElement(root, "title", {"id": f"{name}-title"}).text = self.workflow.title
        SubElement(root, "desc", {"id": f"{name}-text"}).text = in_words(self.workflow)
        _arrow_heads(root)
        SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": PAPER})
        if self.drawing:
            for curve in self.drawing.curves:
                self._line(root, curve)
            for box in self.drawing.boxes:
                self._box(root, box)
            for curve in self.drawing.curves:
                for text in curve.texts:
                    self._label(root, text)
        root.extend(legend)
        return root

    def _line(self, parent: Element, curve: Curve) -> None:
        quiet = all(name in self.internal for name in curve.arrow.labels)
        attributes = _line_style(quiet)
        attributes["d"] = _loop_path(curve) if _is_loop(curve) else _path(curve)
        SubElement(parent, "path", attributes)

    def _box(self, parent: Element, box: Box) -> None:
        state = self.workflow.state(box.id)
        wrong = state is None or box.id not in self.reached
        last = state is not None and not state.exits
        attributes = _box_style(wrong, box.id == self.workflow.initial, last)
        place = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
        SubElement(parent, "rect", attributes | {key: f"{at:.1f}" for key, at in place.items()})
        _text(parent, box.text, {"fill": INK, "font-weight": "600"})

    def _label(self, parent: Element, text: Text) -> None:
        quiet = text.id in self.internal
        style = {"fill": QUIET, "font-style": "italic"} if quiet else {"fill": STEP}
        SubElement(
            parent,
            "rect",
            {
                "x": f"{text.x - text.width / 2 - 2:.1f}",
                "y": f"{text.y - text.size * LINE / 2:.1f}",
                "width": f"{text.width + 4:.1f}",
                "height": f"{text.height:.1f}",
                "fill": PAPER,
                "fill-opacity": "0.9",
            },
        )
        _text(parent, text, style)

    def _legend(self, top: float) -> list[Element]:
        """What lines and boxes mean; only what the picture has."""
        states = self.workflow.states
        boxes = self.drawing.boxes if self.drawing else ()
        kinds: list[tuple[bool, Message, Mapping[str, str]]] = [
            (True, STATE_START, _box_style(wrong=False, first=True, last=False)),
            (
                any(not state.exits and state.id in self.reached for state in states),
                STATE_END,
                _box_style(wrong=False, first=False, last=True),
            ),
            (
                any(box.id not in self.reached for box in boxes),
                STATE_WRONG,
                _box_style(wrong=True, first=False, last=False),
            ),
            (len(self.internal) < len(self.workflow.transitions), STEP_PERSON, _line_style(False)),
            (bool(self.internal), STEP_CODE, _line_style(True)),
        ]
        shown = [(words, style) for wanted, words, style in kinds if wanted]
        return [
            _legend_entry(top + at * _LEGEND_ROW, words, style)
            for at, (words, style) in enumerate(shown)
        ]


def in_words(workflow: Workflow) -> str:
    """The picture told: each state with the ways that lead on."""
    return " ".join(
        told(
            _(
                "drawing_words",
                default="${state}: ${steps}.",
                mapping={"state": state.title, "steps": _steps_in_words(workflow, state.id)},
            )
        )
        for state in workflow.states
    )


def _steps_in_words(workflow: Workflow, name: str) -> str:
    steps = [
        f"{transition.title} → {target.title if target else transition.target or state.title}"
        for state, transition in workflow.steps()
        if state.id == name
        for target in (workflow.state(transition.target),)
    ]
    return ", ".join(steps) or told(STATE_END)


def _arrows(workflow: Workflow) -> list[Arrow]:
    """One arrow for all transitions between the same two states."""
    labels: dict[tuple[str, str], dict[str, str]] = {}
    for state, transition in workflow.steps():
        ends = (state.id, transition.target or state.id)
        labels.setdefault(ends, {})[transition.id] = transition.title
    return [Arrow(source, target, named) for (source, target), named in labels.items()]


def _box_style(wrong: bool, first: bool, last: bool) -> dict[str, str]:
    style = {"rx": "6", "fill": PAPER, "stroke": INK, "stroke-width": "1.4"}
    if wrong:
        return style | {"stroke": ALARM, "stroke-dasharray": DASHES}
    if first:
        return style | {"fill": START, "stroke": STEP, "stroke-width": "2.6"}
    return style | {"fill": END} if last else style


def _line_style(quiet: bool) -> dict[str, str]:
    style = {"fill": "none", "stroke-width": "1.5"}
    if quiet:
        return style | {
            "stroke": QUIET,
            "stroke-dasharray": DASHES,
            "marker-end": "url(#head-code)",
        }
    return style | {"stroke": STEP, "marker-end": "url(#head-person)"}


def _arrow_heads(root: Element) -> None:
    defs = SubElement(root, "defs")
    for name, colour in (("head-person", STEP), ("head-code", QUIET)):
        marker = SubElement(
            defs,
            "marker",
            {
                "id": name,
                "viewBox": "0 0 10 10",
                "refX": "9",
                "refY": "5",
                "markerWidth": "7",
                "markerHeight": "7",
                "orient": "auto",
            },
        )
        SubElement(marker, "path", {"d": "M0 0L10 5L0 10z", "fill": colour})


def _is_loop(curve: Curve) -> bool:
    return curve.arrow.source == curve.arrow.target


def _path(curve: Curve) -> str:
    (x, y), *others = curve.points
    steps = [f"M{x:.1f} {y:.1f}"]
    for to_x, to_y in others:
        middle = (y + to_y) / 2
        steps.append(f"C{x:.1f} {middle:.1f} {to_x:.1f} {middle:.1f} {to_x:.1f} {to_y:.1f}")
        x, y = to_x, to_y
    return "".join(steps)


def _loop_path(curve: Curve) -> str:
    (x, y), (far, _), (end_x, end_y) = curve.points
    return (
        f"M{x:.1f} {y:.1f}C{far + 6:.1f} {y - 6:.1f} {far + 6:.1f} {end_y + 6:.1f} "
        f"{end_x:.1f} {end_y:.1f}"
    )


def _text(parent: Element, text: Text, style: Mapping[str, str]) -> None:
    element = SubElement(
        parent, "text", {"font-size": str(text.size), "dominant-baseline": "central", **style}
    )
    for at, line in enumerate(text.lines):
        place = {"x": f"{text.x:.1f}", "y": f"{text.y + at * text.size * LINE:.1f}"}
        SubElement(element, "tspan", place).text = line


def _legend_entry(top: float, words: Message, style: Mapping[str, str]) -> Element:
    entry = Element("g", {"transform": f"translate(16 {top:.1f})"})
    if "marker-end" in style:
        SubElement(entry, "path", {**style, "d": f"M0 10H{_SAMPLE}"})
    else:
        SubElement(entry, "rect", {**style, "y": "2", "width": str(_SAMPLE), "height": "16"})
    place = {"x": str(_SAMPLE + 12), "y": "10", "dominant-baseline": "central"}
    style = {"fill": INK, "font-size": str(LABEL_SIZE), "text-anchor": "start"}
    SubElement(entry, "text", {**place, **style}).text = told(words)
    return entry


def _legend_width() -> float:
    words = (STATE_START, STATE_END, STATE_WRONG, STEP_PERSON, STEP_CODE)
    return _SAMPLE + 48 + max(width_of(told(item), LABEL_SIZE) for item in words)
