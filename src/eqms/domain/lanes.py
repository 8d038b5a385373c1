"""Where the steps of a procedure stand in a picture with lanes: one for each role, left to right.

Each step has a column of its own in its branch, and each branch a row of its own in each lane, so
that no line crosses a step: lines run along free rows and change the row between two columns.
Coordinates are pixels, as the interchange format of BPMN has them.
"""

from dataclasses import dataclass
from eqms.domain.flow import Flow
from itertools import pairwise
from typing import Final


TASK_WIDTH: Final = 140
TASK_HEIGHT: Final = 110
EVENT: Final = 36
GATEWAY: Final = 50

_COLUMN: Final = 200
_ROW: Final = 160
_HEAD: Final = 30
"""Width of the head of a lane, where its name stands; the pool has one too."""
_LEFT: Final = 2 * _HEAD + 40
_LABEL_WIDTH: Final = 90
_LABEL_HEIGHT: Final = 40

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bounds:
    """A rectangle by its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Where lines leave and reach it."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Node:
    """A step or sign: ``kind`` is ``task``, ``start``, ``end``, ``split`` or ``merge``.

    ``lane`` and ``branch`` are positions in the flow; ``task`` that of a step in its branch.
    """

    id: str
    kind: str
    lane: int
    bounds: Bounds
    branch: int = 0
    task: int = 0


@dataclass(frozen=True, slots=True)
class Edge:
    """The way from one node to the next; ``label`` is where the name of a case stands."""

    source: Node
    target: Node
    points: tuple[Point, ...]
    label: Bounds | None = None


@dataclass(frozen=True, slots=True)
class Lanes:
    """The picture: the pool, its lanes in the order of the roles, nodes and edges."""

    pool: Bounds
    lanes: tuple[Bounds, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def lay_out(flow: Flow) -> Lanes:
    """The picture of a flow that has at least one step in each branch."""
    roles = flow.roles
    rows = len(flow.branches)
    height = rows * _ROW
    chains = [
        [
            Node(
                f"Step_{branch + 1}_{position + 1}",
                "task",
                roles.index(task.role),
                _cell(
                    position + (2 if rows > 1 else 1),
                    roles.index(task.role) * rows + branch,
                    TASK_WIDTH,
                    TASK_HEIGHT,
                ),
                branch,
                position,
            )
            for position, task in enumerate(steps.tasks)
        ]
        for branch, steps in enumerate(flow.branches)
    ]
    longest = max(len(chain) for chain in chains)
    first, last = chains[0][0], chains[0][-1]
    start = Node("Start", "start", first.lane, _cell(0, first.lane * rows, EVENT, EVENT))
    if rows == 1:
        end = Node("End", "end", last.lane, _cell(longest + 1, last.lane, EVENT, EVENT))
        nodes = [start, *chains[0], end]
        edges = [_edge(*pair, rows) for pair in pairwise(nodes)]
    else:
        split = Node("Split", "split", first.lane, _cell(1, first.lane * rows, GATEWAY, GATEWAY))
        home = last.lane * rows
        merge = Node("Merge", "merge", last.lane, _cell(longest + 2, home, GATEWAY, GATEWAY))
        end = Node("End", "end", last.lane, _cell(longest + 3, home, EVENT, EVENT))
        nodes = [start, split, *(node for chain in chains for node in chain), merge, end]
        edges = [_edge(start, split, rows), _edge(merge, end, rows)]
        for chain in chains:
            way = [split, *chain, merge]
            edges += [_edge(*pair, rows) for pair in pairwise(way)]
    pool = Bounds(0, 0, end.bounds.x + EVENT + 2 * _HEAD, len(roles) * height)
    lanes = tuple(
        Bounds(_HEAD, lane * height, pool.width - _HEAD, height) for lane in range(len(roles))
    )
    return Lanes(pool, lanes, tuple(nodes), tuple(edges))


def _cell(column: int, row: int, width: float, height: float) -> Bounds:
    """Something of a size in the middle of a cell."""
    x = _LEFT + column * _COLUMN + (TASK_WIDTH - width) / 2
    return Bounds(x, (row + 0.5) * _ROW - height / 2, width, height)


def _edge(source: Node, target: Node, branches: int) -> Edge:
    """Along the row of the source, and to that of the target just before its column.

    Where branches change the row side by side, each does at a place of its own: the upper one
    farther right on the way down, farther left on the way up, so that they do not cross.
    """
    start = (source.bounds.x + source.bounds.width, source.bounds.middle)
    end = (target.bounds.x, target.bounds.middle)
    gap = _COLUMN - TASK_WIDTH
    column = target.bounds.x + target.bounds.width / 2 - TASK_WIDTH / 2
    branch = max(source.branch, target.branch)
    place = branches - branch if end[1] > start[1] else branch + 1
    turn = column - gap + gap * place / (branches + 1)
    label = None
    if source.kind == "split":
        left, top = column - gap - _LABEL_WIDTH, end[1] - _LABEL_HEIGHT - 15
        label = Bounds(left, top, _LABEL_WIDTH, _LABEL_HEIGHT)
    if start[1] == end[1]:
        return Edge(source, target, (start, end), label)
    return Edge(source, target, (start, (turn, start[1]), (turn, end[1]), end), label)
