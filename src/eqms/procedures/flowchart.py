"""The steps of a procedure as a flow chart: an SVG that stands alone, and reads to a screen reader.

No script, no style sheet, no address: it is shown in pages, printed in PDF, and sent as a file.
"""

from eqms import _
from eqms.domain.flow import Branch
from eqms.domain.flow import drawable
from eqms.domain.flow import Flow
from eqms.domain.flow import in_one_line
from eqms.domain.flow import Task
from eqms.domain.flow_layout import Label
from eqms.domain.flow_layout import lay_out
from eqms.domain.flow_layout import Point
from eqms.domain.flow_layout import Shape
from eqms.domain.flow_layout import SIZE
from eqms.domain.flow_layout import SMALL
from eqms.domain.flow_layout import Words
from eqms.procedures.steps import StepTable
from eqms.procedures.steps import tables
from typing import Any
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.etree.ElementTree import SubElement
from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.i18nmessageid import Message


FONT: Final = "system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif"

_INK: Final = "#1d2733"
_LINE: Final = "#5b6673"
_STYLES: Final = {
    "number": {"font-size": str(SMALL), "font-weight": "700", "fill": "#ffffff"},
    "role": {"font-size": str(SMALL), "font-weight": "700", "fill": "#1f5fa8"},
    "title": {"font-size": str(SIZE), "fill": _INK},
    "aside": {"font-size": str(SMALL), "fill": "#4a5460"},
    "event": {"font-size": str(SIZE), "font-weight": "600", "fill": _INK},
}
_FILLS: Final = {
    "start": "#dcefe0",
    "end": "#e7e9ec",
    "choice": "#fdf1d6",
    "case": "#fdf1d6",
    "step": "#ffffff",
}
_NO_CASE: Final = _("flow_no_case", default="Other cases")


def svg(revision: Any, language: str | None = None) -> str:
    """The flow chart of a revision; empty if it has no steps.

    :param language: of the words beside the steps; that of the request without it
    """
    flow = flow_of(revision, language)
    if not flow.branches:
        return ""
    words = words_of_request(language)
    drawing = lay_out(flow, words)
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {drawing.width:.0f} {drawing.height:.0f}",
            "width": f"{drawing.width:.0f}",
            "height": f"{drawing.height:.0f}",
            "role": "img",
            "aria-labelledby": "eqms-flow-title eqms-flow-text",
            "font-family": FONT,
        },
    )
    SubElement(root, "title", {"id": "eqms-flow-title"}).text = _told(
        _("flow_title", default="Flow chart: ${title}", mapping={"title": flow.title}), language
    )
    SubElement(root, "desc", {"id": "eqms-flow-text"}).text = _in_words(flow, words)
    for line in drawing.lines:
        _arrow(root, line)
    for shape in drawing.shapes:
        _shape(root, shape)
    return ElementTree.tostring(root, encoding="unicode")


def flow_of(revision: Any, language: str | None = None) -> Flow:
    """The flow of a revision, its texts fit to be drawn; a branch for each table of steps."""
    labels = [drawable(row.get("label") or "") for row in revision.scenarios or []]
    found = tables(revision.steps or [])
    other = _told(_NO_CASE, language) if len(found) > 1 else ""
    branches = [_branch(table, labels, other) for table in found]
    return Flow(in_one_line(drawable(revision.title or "")), tuple(branches))


def _branch(table: StepTable, labels: list[str], other: str) -> Branch:
    caption = in_one_line(drawable(table.caption))
    tasks = (
        Task(
            number=number,
            title=drawable(step.get("title") or ""),
            responsible=drawable(step.get("responsible") or ""),
            times=tuple(_times(step.get("times") or [], labels)),
            output=drawable(step.get("output") or ""),
        )
        for number, step in table.steps
    )
    return Branch(caption or other, tuple(tasks))


def _times(times: list[str], labels: list[str]) -> list[tuple[str, str]]:
    told = [drawable(time) for time in times]
    named = sum(bool(time) for time in told) > 1
    return [
        (labels[position] if named and position < len(labels) else "", time)
        for position, time in enumerate(told)
        if time
    ]


def words_of_request(language: str | None = None) -> Words:
    """What pictures of the flow say beside the steps, in the language of the request."""
    return Words(
        start=_told(_("flow_start", default="Start"), language),
        end=_told(_("flow_end", default="End"), language),
        choice=_told(_("flow_choice", default="Which case?"), language),
        time=_told(_("label_times", default="Time"), language),
        output=_told(_("label_output", default="Form or result"), language),
        nobody=_told(_("flow_nobody", default="Nobody named"), language),
    )


def _told(message: Message, language: str | None) -> str:
    return str(translate(message, context=getRequest(), target_language=language))


def _in_words(flow: Flow, words: Words) -> str:
    """The same as text, for who does not see the picture."""
    parts = []
    for branch in flow.branches:
        if branch.caption:
            parts.append(f"{branch.caption}:")
        for task in branch.tasks:
            times = "; ".join(f"{label or words.time}: {time}" for label, time in task.times)
            told = f"{task.number}. {in_one_line(task.title)} ({task.role or words.nobody})"
            parts.append(f"{told}. {in_one_line(times)}".rstrip(" ."))
    return "\n".join(parts)


def _arrow(root: Element, line: tuple[Point, ...]) -> None:
    path = " L ".join(f"{x:.1f} {y:.1f}" for x, y in line)
    SubElement(root, "path", {"d": f"M {path}", "fill": "none", "stroke": _LINE})
    (from_x, _from_y), (x, y) = line[-2:]
    head = ((x - 7, y - 4), (x - 7, y + 4)) if from_x < x else ((x - 4, y - 7), (x + 4, y - 7))
    points = " ".join(f"{at_x:.1f},{at_y:.1f}" for at_x, at_y in ((x, y), *head))
    SubElement(root, "polygon", {"points": points, "fill": _LINE})


def _shape(root: Element, shape: Shape) -> None:
    style = {"fill": _FILLS[shape.kind], "stroke": _LINE}
    x, y, width, height = shape.x, shape.y, shape.width, shape.height
    if shape.kind == "choice":
        corners = (
            (x + width / 2, y),
            (x + width, y + height / 2),
            (x + width / 2, y + height),
            (x, y + height / 2),
        )
        points = " ".join(f"{at_x:.1f},{at_y:.1f}" for at_x, at_y in corners)
        SubElement(root, "polygon", {"points": points, **style})
    else:
        place = {"x": x, "y": y, "width": width, "height": height}
        corner = height / 2 if shape.kind in ("start", "end") else 6
        SubElement(
            root,
            "rect",
            {**{name: f"{at:.1f}" for name, at in place.items()}, "rx": f"{corner:.1f}", **style},
        )
    for label in shape.labels:
        _label(root, label)


def _label(root: Element, label: Label) -> None:
    style = _STYLES[label.style]
    if label.style == "number":
        disc = {"cx": f"{label.x:.1f}", "cy": f"{label.y:.1f}", "r": "11", "fill": "#1f5fa8"}
        SubElement(root, "circle", disc)
    # The base line stands a third of the size below the middle; not every printer knows how to
    # centre a line by itself.
    base = label.y + 0.35 * float(style["font-size"])
    place = {"x": f"{label.x:.1f}", "y": f"{base:.1f}"}
    anchor = {"text-anchor": "middle"} if label.middle else {}
    SubElement(root, "text", {**place, **anchor, **style}).text = label.text
