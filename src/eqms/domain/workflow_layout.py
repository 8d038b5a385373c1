"""Where the states and transitions of a workflow stand in its picture.

A layered drawing from top to bottom (Sugiyama, Tagawa, Toda: Methods for visual understanding of
hierarchical system structures, 1981): rows of boxes, and between two rows of boxes a row of labels,
so that no text covers another. Coordinates are pixels from the upper left corner. The same workflow
always gives the same picture.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from eqms.domain.text_width import width_of
from eqms.domain.text_width import wrapped
from itertools import accumulate
from itertools import combinations
from itertools import pairwise
from typing import Final


STATE_SIZE: Final = 14
LABEL_SIZE: Final = 12
LINE: Final = 1.3

_STATE_TEXT: Final = 170
_LABEL_TEXT: Final = 150
_PADDING: Final = 12
_LEAST_WIDTH: Final = 96
_BETWEEN: Final = 22
_ROW_GAP: Final = 32
_MARGIN: Final = 16
_LOOP: Final = 26
_PORT: Final = 15
_BOLD: Final = 1.1
_SWEEPS: Final = 12
_ROUNDS: Final = 300

Point = tuple[float, float]


@dataclass(frozen=True)
class Arrow:
    """One or more transitions from a state to another or to itself; ``labels`` by their ids."""

    source: str
    target: str
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Text:
    """Lines of text around ``x``, the first with its middle at ``y``; ``id`` of what it names."""

    id: str
    x: float
    y: float
    lines: tuple[str, ...]
    size: int

    @property
    def width(self) -> float:
        """Width of the longest line."""
        return max(width_of(line, self.size) for line in self.lines)

    @property
    def height(self) -> float:
        """Height of all lines."""
        return len(self.lines) * self.size * LINE


@dataclass(frozen=True)
class Box:
    """A state; ``x`` and ``y`` are its upper left corner."""

    id: str
    x: float
    y: float
    width: float
    height: float
    text: Text


@dataclass(frozen=True)
class Curve:
    """An arrow: from one point to the next straight or as an upright S; arrives at the last."""

    arrow: Arrow
    points: tuple[Point, ...]
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class Drawing:
    """The whole picture."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]


@dataclass(eq=False)
class _Node:
    """A state, or the place where an arrow passes through a row, with its label or without."""

    name: str
    lines: tuple[str, ...] = ()
    labels: tuple[Text, ...] = ()
    width: float = 0
    height: float = 0
    loop: float = 0
    row: int = 0
    x: float = 0

    @property
    def is_state(self) -> bool:
        return bool(self.lines)


@dataclass(eq=False)
class _Chain:
    """An arrow on its way down the rows, its upper end first; ``upward`` if it points back."""

    arrow: Arrow
    nodes: list[_Node]
    upward: bool


def lay_out(states: Mapping[str, str], arrows: Sequence[Arrow], initial: str) -> Drawing:
    """The drawing of states (titles by id) and arrows between them.

    Every end of an arrow must be one of the states. The initial state stands on top.
    """
    order = _reading_order(states, arrows, initial)
    upward = _back_arrows(order, arrows)
    nodes = {name: _state_node(name, states[name], arrows) for name in order}
    for name, rank in _ranks(order, arrows, upward).items():
        nodes[name].row = 2 * rank
    chains = [
        _chain(arrow, nodes, arrow in upward) for arrow in arrows if arrow.source != arrow.target
    ]
    rows = _rows(nodes, chains)
    links = _links(chains)
    _untangle(rows, links)
    _place(rows, links)
    return _drawn(nodes, chains, rows, arrows)


def _reading_order(states: Mapping[str, str], arrows: Sequence[Arrow], initial: str) -> list[str]:
    """The states as one comes to them, the way of the first arrow first."""
    order: list[str] = []
    for start in (initial, *states):
        ahead = [start]
        while ahead:
            name = ahead.pop()
            if name in order or name not in states:
                continue
            order.append(name)
            ahead += reversed([arrow.target for arrow in arrows if arrow.source == name])
    return order


def _back_arrows(order: Sequence[str], arrows: Sequence[Arrow]) -> list[Arrow]:
    """Arrows that close a circle: without them there is none."""
    back: list[Arrow] = []
    on_the_way: list[str] = []
    done: set[str] = set()

    def visit(name: str) -> None:
        on_the_way.append(name)
        for arrow in arrows:
            if arrow.source != name or arrow.target == name:
                continue
            if arrow.target in on_the_way:
                back.append(arrow)
            elif arrow.target not in done:
                visit(arrow.target)
        done.add(on_the_way.pop())

    for name in order:
        if name not in done:
            visit(name)
    return back


def _ranks(
    order: Sequence[str], arrows: Sequence[Arrow], upward: Sequence[Arrow]
) -> dict[str, int]:
    """How far down each state stands: below everything that leads to it."""
    ranks = dict.fromkeys(order, 0)
    downward = [item for item in arrows if item not in upward and item.source != item.target]
    for _ in order:
        for arrow in downward:
            ranks[arrow.target] = max(ranks[arrow.target], ranks[arrow.source] + 1)
    return ranks


def _state_node(name: str, title: str, arrows: Sequence[Arrow]) -> _Node:
    bold = _BOLD * STATE_SIZE
    lines = wrapped(title, bold, _STATE_TEXT)
    ends = [arrow for arrow in arrows if (arrow.source == name) is not (arrow.target == name)]
    width = max(
        _LEAST_WIDTH,
        _PORT * (len(ends) + 1),
        *(width_of(line, bold) + 2 * _PADDING for line in lines),
    )
    labels = _labels([arrow for arrow in arrows if arrow.source == arrow.target == name])
    loop = _LOOP + max(label.width for label in labels) if labels else 0
    height = max(
        len(lines) * STATE_SIZE * LINE + 1.4 * _PADDING, sum(label.height for label in labels)
    )
    return _Node(name, lines, labels, width, height, loop)


def _labels(arrows: Sequence[Arrow]) -> tuple[Text, ...]:
    return tuple(
        Text(name, 0, 0, wrapped(title, LABEL_SIZE, _LABEL_TEXT), LABEL_SIZE)
        for arrow in arrows
        for name, title in arrow.labels.items()
    )


def _chain(arrow: Arrow, nodes: Mapping[str, _Node], upward: bool) -> _Chain:
    ends = (arrow.target, arrow.source) if upward else (arrow.source, arrow.target)
    first, last = nodes[ends[0]], nodes[ends[1]]
    # The label stands next to the state that the arrow leaves.
    labelled = last.row - 1 if upward else first.row + 1
    between = []
    for row in range(first.row + 1, last.row):
        node = _Node("", width=1, row=row)
        if row == labelled:
            node.labels = _labels([arrow])
            node.width = max(label.width for label in node.labels) + 8
            node.height = sum(label.height for label in node.labels)
        between.append(node)
    return _Chain(arrow, [first, *between, last], upward)


def _rows(nodes: Mapping[str, _Node], chains: Sequence[_Chain]) -> list[list[_Node]]:
    rows: list[list[_Node]] = [[] for _ in range(max(node.row for node in nodes.values()) + 1)]
    for node in nodes.values():
        rows[node.row].append(node)
    for chain in chains:
        for node in chain.nodes[1:-1]:
            rows[node.row].append(node)
    return rows


Links = dict[_Node, list[_Node]]


def _links(chains: Sequence[_Chain]) -> Links:
    """The neighbours of each node, in the rows above and below."""
    links: Links = {}
    for chain in chains:
        for upper, lower in pairwise(chain.nodes):
            links.setdefault(upper, []).append(lower)
            links.setdefault(lower, []).append(upper)
    return links


def _untangle(rows: list[list[_Node]], links: Links) -> None:
    """Order each row so that few arrows cross: by the mean place of the neighbours, row by row."""
    best = [list(row) for row in rows]
    fewest = _crossings(rows, links)
    for sweep in range(2 * _SWEEPS):
        step = 1 if sweep % 2 == 0 else -1
        for row in rows if step == 1 else reversed(rows):
            place = {node: at for line in rows for at, node in enumerate(line)}
            row.sort(key=lambda node: _mean_place(node, step, place, links))
        _swap_neighbours(rows, links)
        crossings = _crossings(rows, links)
        if crossings < fewest:
            fewest, best = crossings, [list(row) for row in rows]
    for row, ordered in zip(rows, best, strict=True):
        row[:] = ordered


def _mean_place(node: _Node, step: int, place: Mapping[_Node, int], links: Links) -> float:
    before = [place[item] for item in links.get(node, ()) if item.row == node.row - step]
    return sum(before) / len(before) if before else place[node]


def _swap_neighbours(rows: list[list[_Node]], links: Links) -> None:
    for row in rows:
        for left in range(len(row) - 1):
            before = _crossings_around(rows, row, links)
            row[left], row[left + 1] = row[left + 1], row[left]
            if _crossings_around(rows, row, links) >= before:
                row[left], row[left + 1] = row[left + 1], row[left]


def _crossings_around(rows: list[list[_Node]], row: list[_Node], links: Links) -> int:
    at = row[0].row
    return sum(
        _crossings_below(rows[upper], rows[upper + 1], links)
        for upper in (at - 1, at)
        if 0 <= upper < len(rows) - 1
    )


def _crossings(rows: list[list[_Node]], links: Links) -> int:
    return sum(_crossings_below(upper, lower, links) for upper, lower in pairwise(rows))


def _crossings_below(upper: list[_Node], lower: list[_Node], links: Links) -> int:
    place = {node: at for at, node in enumerate(lower)}
    ends = [
        (at, place[node])
        for at, item in enumerate(upper)
        for node in links.get(item, ())
        if node in place
    ]
    return sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for a, b in combinations(ends, 2))


def _place(rows: list[list[_Node]], links: Links) -> None:
    """Move the nodes of each row as near as there is room to their neighbours above and below."""
    for row in rows:
        for node, at in zip(row, accumulate(_gaps(row), initial=0), strict=True):
            node.x = at
    for turn in range(_ROUNDS):
        for row in rows if turn % 2 == 0 else reversed(rows):
            weights = [_weights(node, links) for node in row]
            wanted = [_wanted(node, links) for node in row]
            for node, x in zip(row, _spread(wanted, weights, _gaps(row)), strict=True):
                node.x = x


def _gaps(row: Sequence[_Node]) -> list[float]:
    """Least distances between the middles of neighbours."""
    return [
        left.width / 2 + left.loop + _BETWEEN + right.width / 2 for left, right in pairwise(row)
    ]


def _pull(one: _Node, other: _Node) -> float:
    """How much two neighbours want to stand one above the other: long arrows shall be straight."""
    return {0: 40.0, 1: 2.0, 2: 1.0}[one.is_state + other.is_state]


def _weights(node: _Node, links: Links) -> float:
    return sum(_pull(node, other) for other in links.get(node, ())) or 1.0


def _wanted(node: _Node, links: Links) -> float:
    near = links.get(node, ())
    if not near:
        return node.x
    return sum(_pull(node, other) * other.x for other in near) / _weights(node, links)


def _spread(
    wanted: Sequence[float], weights: Sequence[float], gaps: Sequence[float]
) -> list[float]:
    """Places in the given order, at least ``gaps`` apart and as near to ``wanted`` as possible.

    Least squares by pooling adjacent violators.
    """
    offsets = list(accumulate(gaps, initial=0.0))
    pools: list[tuple[float, float, int]] = []
    for want, weight, offset in zip(wanted, weights, offsets, strict=True):
        pool = (want - offset, weight, 1)
        while pools and pools[-1][0] > pool[0]:
            value, heavy, count = pools.pop()
            total = heavy + pool[1]
            pool = ((value * heavy + pool[0] * pool[1]) / total, total, count + pool[2])
        pools.append(pool)
    values = [value for value, _, count in pools for _ in range(count)]
    return [value + offset for value, offset in zip(values, offsets, strict=True)]


def _drawn(
    nodes: Mapping[str, _Node],
    chains: Sequence[_Chain],
    rows: list[list[_Node]],
    arrows: Sequence[Arrow],
) -> Drawing:
    everything = [node for row in rows for node in row]
    left = min(node.x - node.width / 2 for node in everything) - _MARGIN
    for node in everything:
        node.x = round(node.x - left, 1)
    heights = [max(node.height for node in row) for row in rows]
    tops = [_MARGIN + at for at in accumulate((one + _ROW_GAP for one in heights), initial=0)]
    bands = {row: (tops[row], heights[row]) for row in range(len(rows))}
    ports = _ports(chains)
    curves = [_curve(chain, bands, ports) for chain in chains]
    curves += [_loop(arrow, nodes[arrow.source], bands) for arrow in arrows if _is_loop(arrow)]
    return Drawing(
        width=max(node.x + node.width / 2 + node.loop for node in everything) + _MARGIN,
        height=tops[-1] - _ROW_GAP + _MARGIN,
        boxes=tuple(_box(node, bands) for node in nodes.values()),
        curves=tuple(curves),
    )


def _is_loop(arrow: Arrow) -> bool:
    return arrow.source == arrow.target


Bands = Mapping[int, tuple[float, float]]


def _box(node: _Node, bands: Bands) -> Box:
    top, band = bands[node.row]
    height = len(node.lines) * STATE_SIZE * LINE + 1.4 * _PADDING
    y = top + (band - height) / 2
    first = y + 0.7 * _PADDING + STATE_SIZE * LINE / 2
    text = Text(node.name, node.x, first, node.lines, STATE_SIZE)
    return Box(node.name, node.x - node.width / 2, y, node.width, height, text)


def _ports(chains: Sequence[_Chain]) -> dict[tuple[_Chain, _Node], float]:
    """Where each arrow touches its boxes: spread along the edge, in the order of where they go."""
    touching: dict[tuple[_Node, bool], list[tuple[float, int, _Chain]]] = {}
    for number, chain in enumerate(chains):
        first, last = chain.nodes[0], chain.nodes[-1]
        touching.setdefault((first, True), []).append((chain.nodes[1].x, number, chain))
        touching.setdefault((last, False), []).append((chain.nodes[-2].x, number, chain))
    ports = {}
    for (node, _), ends in touching.items():
        step = node.width / (len(ends) + 1)
        for at, (_, _, chain) in enumerate(sorted(ends, key=lambda end: end[:2]), start=1):
            ports[chain, node] = node.x - node.width / 2 + at * step
    return ports


def _curve(chain: _Chain, bands: Bands, ports: Mapping[tuple[_Chain, _Node], float]) -> Curve:
    first, *between, last = chain.nodes
    upper, lower = _box(first, bands), _box(last, bands)
    points: list[Point] = [(ports[chain, first], upper.y + upper.height)]
    texts: list[Text] = []
    for node in between:
        top, band = bands[node.row]
        points += [(node.x, top), (node.x, top + band)]
        texts += _stacked(node.labels, node.x, top + band / 2)
    points.append((ports[chain, last], lower.y))
    if chain.upward:
        points.reverse()
    return Curve(chain.arrow, tuple(points), tuple(texts))


def _loop(arrow: Arrow, node: _Node, bands: Bands) -> Curve:
    """A loop at the right side of the box; all loops of a state share it."""
    box = _box(node, bands)
    right, middle = box.x + box.width, box.y + box.height / 2
    labels = tuple(label for label in node.labels if label.id in arrow.labels)
    x = right + _LOOP + max(label.width for label in labels) / 2 - 4
    points = ((right, middle - 8), (right + _LOOP - 8, middle), (right, middle + 8))
    return Curve(arrow, points, tuple(_stacked(labels, x, middle)))


def _stacked(labels: Sequence[Text], x: float, middle: float) -> Iterator[Text]:
    y = middle - sum(label.height for label in labels) / 2
    for label in labels:
        yield Text(label.id, x, y + label.size * LINE / 2, label.lines, label.size)
        y += label.height
