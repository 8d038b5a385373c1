"""The steps of a procedure as BPMN 2.0 (ISO/IEC 19510), to be opened by modelling tools.

One pool with a lane for each role; the cases of a procedure are ways between two exclusive
gateways. With the diagram interchange (BPMN DI), so that a tool draws it as it stands here.
"""

from eqms.domain.flow import Flow
from eqms.domain.flow import in_one_line
from eqms.domain.flow import Task
from eqms.domain.lanes import Bounds
from eqms.domain.lanes import Edge
from eqms.domain.lanes import Lanes
from eqms.domain.lanes import lay_out
from eqms.domain.lanes import Node
from eqms.procedures.flowchart import flow_of
from eqms.procedures.flowchart import words_of_request
from lxml import etree
from textwrap import shorten
from typing import Any
from typing import Final
import re


MODEL: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_DIAGRAM: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
_BOUNDS: Final = "http://www.omg.org/spec/DD/20100524/DC"
_POINTS: Final = "http://www.omg.org/spec/DD/20100524/DI"

_NAMESPACES: Final = {"bpmn": MODEL, "bpmndi": _DIAGRAM, "dc": _BOUNDS, "di": _POINTS}
_LONGEST: Final = 56
"""Characters of a name in the picture; all of it stands in the documentation."""
_MARKS: Final = re.compile(r"(?:^|(?<=\s))[-–—+*•]\s+")
"""Signs of lists, at which tools would break the line."""

_TAGS: Final = {
    "start": "startEvent",
    "end": "endEvent",
    "split": "exclusiveGateway",
    "merge": "exclusiveGateway",
    "task": "task",
}


def bpmn(revision: Any) -> bytes:
    """The flow of a revision as a file; empty if it has no steps."""
    flow = flow_of(revision)
    if not flow.branches:
        return b""
    picture = lay_out(flow)
    root = etree.Element(f"{{{MODEL}}}definitions", nsmap=_NAMESPACES)
    root.set("id", "Definitions")
    root.set("targetNamespace", "https://eqms.example/bpmn")
    root.set("exporter", "eqms")
    collaboration = _add(root, "collaboration", id="Collaboration")
    _add(collaboration, "participant", id="Pool", name=flow.title, processRef="Process")
    _process(root, flow, picture)
    _diagram(root, picture)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _process(root: Any, flow: Flow, picture: Lanes) -> None:
    process = _add(root, "process", id="Process", name=flow.title, isExecutable="false")
    lane_set = _add(process, "laneSet", id="Lanes")
    nobody = words_of_request().nobody
    for number, role in enumerate(flow.roles):
        name = shorten(role, _LONGEST, placeholder=" …") or nobody
        lane = _add(lane_set, "lane", id=f"Lane_{number + 1}", name=name)
        _add(lane, "documentation").text = role
        for node in picture.nodes:
            if node.lane == number:
                _add(lane, "flowNodeRef").text = node.id
    for node in picture.nodes:
        _node(process, flow, node, picture.edges)
    for number, edge in enumerate(picture.edges):
        attributes = {"sourceRef": edge.source.id, "targetRef": edge.target.id}
        if edge.source.kind == "split":
            caption = flow.branches[edge.target.branch].caption
            attributes["name"] = shorten(caption, _LONGEST, placeholder=" …")
        _add(process, "sequenceFlow", id=f"Flow_{number + 1}", **attributes)


def _node(process: Any, flow: Flow, node: Node, edges: tuple[Edge, ...]) -> None:
    words = words_of_request()
    element = _add(process, _TAGS[node.kind], id=node.id)
    if node.kind == "task":
        task = flow.branches[node.branch].tasks[node.task]
        element.set("name", _name(task))
        _add(element, "documentation").text = _documentation(task)
    elif node.kind == "split":
        element.set("name", words.choice)
        element.set("gatewayDirection", "Diverging")
    elif node.kind == "merge":
        element.set("gatewayDirection", "Converging")
    else:
        element.set("name", words.start if node.kind == "start" else words.end)
    for tag, end in (("incoming", "target"), ("outgoing", "source")):
        for number, edge in enumerate(edges):
            if getattr(edge, end) == node:
                _add(element, tag).text = f"Flow_{number + 1}"


def _name(task: Task) -> str:
    title = shorten(_MARKS.sub("", in_one_line(task.title)), _LONGEST, placeholder=" …")
    times = ", ".join(dict.fromkeys(in_one_line(time) for _label, time in task.times))
    return f"{task.number}. {title} ({times})" if times else f"{task.number}. {title}"


def _documentation(task: Task) -> str:
    words = words_of_request()
    parts = [task.title, task.responsible]
    parts += [f"{label or words.time}: {time}" for label, time in task.times]
    if task.output:
        parts.append(f"{words.output}: {task.output}")
    return "\n".join(part for part in parts if part)


def _diagram(root: Any, picture: Lanes) -> None:
    diagram = _add(root, "BPMNDiagram", _DIAGRAM, id="Diagram")
    plane = _add(diagram, "BPMNPlane", _DIAGRAM, id="Plane", bpmnElement="Collaboration")
    _shape(plane, "Pool", picture.pool, isHorizontal="true")
    for number, lane in enumerate(picture.lanes):
        _shape(plane, f"Lane_{number + 1}", lane, isHorizontal="true")
    for node in picture.nodes:
        gateway = {"isMarkerVisible": "true"} if _TAGS[node.kind] == "exclusiveGateway" else {}
        _shape(plane, node.id, node.bounds, **gateway)
    for number, edge in enumerate(picture.edges):
        name = f"Flow_{number + 1}"
        element = _add(plane, "BPMNEdge", _DIAGRAM, id=f"{name}_di", bpmnElement=name)
        for x, y in edge.points:
            _add(element, "waypoint", _POINTS, x=f"{x:.0f}", y=f"{y:.0f}")
        if edge.label is not None:
            _bounds(_add(element, "BPMNLabel", _DIAGRAM), edge.label)


def _shape(plane: Any, name: str, bounds: Bounds, **attributes: str) -> None:
    shape = _add(plane, "BPMNShape", _DIAGRAM, id=f"{name}_di", bpmnElement=name, **attributes)
    _bounds(shape, bounds)


def _bounds(parent: Any, bounds: Bounds) -> None:
    names = ("x", "y", "width", "height")
    _add(parent, "Bounds", _BOUNDS, **{name: f"{getattr(bounds, name):.0f}" for name in names})


def _add(parent: Any, tag: str, namespace: str = MODEL, **attributes: str) -> Any:
    return etree.SubElement(parent, f"{{{namespace}}}{tag}", attributes)
