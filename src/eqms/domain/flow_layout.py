"""Where the steps of a procedure stand in its flow chart.

From top to bottom in a column as wide as a telephone, so that it is read without scrolling to the
side; cases stand below each other, joined by a rail on the left. Nothing crosses. Coordinates are
pixels from the upper left corner. The same flow always gives the same picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from eqms.domain.flow import Branch
from eqms.domain.flow import Flow
from eqms.domain.flow import in_one_line
from eqms.domain.flow import shortened
from eqms.domain.flow import Task
from eqms.domain.text_width import wrapped
from typing import Final
from typing import Literal


WIDTH: Final = 360
SIZE: Final = 14
SMALL: Final = 12
LINE: Final = 1.35

_MARGIN: Final = 10
_RAIL: Final = 22
_PADDING: Final = 10
_NUMBER: Final = 34
_GAP: Final = 26
_TITLE_LINES: Final = 8
_ROLE_LINES: Final = 3
_BOLD: Final = 1.25
"""How much wider bold text is than the estimate for usual text."""

Kind = Literal["start", "end", "choice", "case", "step"]
Style = Literal["number", "role", "title", "aside", "event"]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text; ``y`` is the middle of its height, ``middle`` centres it on ``x``."""

    text: str
    x: float
    y: float
    style: Style
    middle: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """Something in the picture; ``x`` and ``y`` are its upper left corner."""

    kind: Kind
    x: float
    y: float
    width: float
    height: float
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The picture: shapes, and lines whose last point has the arrow head."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    lines: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What the picture says beside the steps, in the language of its reader."""

    start: str
    end: str
    choice: str
    time: str
    output: str
    nobody: str


def lay_out(flow: Flow, words: Words) -> Drawing:
    """The picture of a flow that has at least one branch."""
    return _Column(flow, words).drawing()


class _Column:
    def __init__(self, flow: Flow, words: Words) -> None:
        self.flow = flow
        self.words = words
        self.several = len(flow.branches) > 1
        self.left = _MARGIN + (_RAIL if self.several else 0)
        self.inner = WIDTH - _MARGIN - self.left
        self.middle = self.left + self.inner / 2
        self.top: float = _MARGIN
        self.shapes: list[Shape] = []
        self.lines: list[tuple[Point, ...]] = []

    def drawing(self) -> Drawing:
        self._event("start", self.words.start)
        if self.several:
            self._join(self._choice())
            for branch in self.flow.branches:
                self._case(branch)
        else:
            self._chain(self.flow.branches[0])
        height = self.top - _GAP + _MARGIN
        return Drawing(WIDTH, height, tuple(self.shapes), tuple(self.lines))

    def _chain(self, branch: Branch) -> None:
        for task in branch.tasks:
            self._join(self._step(task))
        self._join(self._event("end", self.words.end))

    def _case(self, branch: Branch) -> None:
        """A branch below the others, with a line from the choice along the rail to its caption."""
        choice = next(shape for shape in self.shapes if shape.kind == "choice")
        caption = self._block("case", branch.caption, SMALL * _BOLD)
        rail = _MARGIN + 2
        from_y, to_y = choice.y + choice.height / 2, caption.y + caption.height / 2
        self.lines.append(((choice.x, from_y), (rail, from_y), (rail, to_y), (caption.x, to_y)))
        self._chain(branch)

    def _join(self, shape: Shape) -> None:
        above = self.shapes[-2]
        self.lines.append(((self.middle, above.y + above.height), (self.middle, shape.y)))

    def _event(self, kind: Kind, text: str) -> Shape:
        width, height = 120.0, 34.0
        label = Label(text, self.middle, self.top + height / 2, "event", middle=True)
        return self._put(kind, self.middle - width / 2, width, height, [label])

    def _choice(self) -> Shape:
        width, height = 200.0, 64.0
        label = Label(self.words.choice, self.middle, self.top + height / 2, "event", middle=True)
        return self._put("choice", self.middle - width / 2, width, height, [label])

    def _block(self, kind: Kind, text: str, size: float) -> Shape:
        lines = wrapped(text, size, self.inner - 2 * _PADDING)
        pitch = size * LINE
        labels = [
            Label(line, self.middle, self.top + _PADDING + pitch * (row + 0.5), "role", middle=True)
            for row, line in enumerate(lines)
        ]
        return self._put(kind, self.left, self.inner, 2 * _PADDING + pitch * len(lines), labels)

    def _step(self, task: Task) -> Shape:
        beside = self.left + _NUMBER
        text = self.left + _PADDING
        y = self.top + _PADDING
        labels = [
            Label(str(task.number), self.left + _NUMBER / 2, y + SMALL, "number", middle=True)
        ]
        role = wrapped(
            task.role or self.words.nobody, SMALL * _BOLD, self.inner - _NUMBER - _PADDING
        )
        y = self._lines(labels, shortened(role, _ROLE_LINES), beside, y + 3, SMALL, "role")
        y = max(y, self.top + _PADDING + 2 * SMALL) + 4
        y = self._lines(labels, self._title(task), text, y, SIZE, "title")
        y = self._lines(labels, self._asides(task), text, y + 3, SMALL, "aside")
        return self._put("step", self.left, self.inner, y + _PADDING - self.top, labels)

    def _title(self, task: Task) -> tuple[str, ...]:
        limit = self.inner - 2 * _PADDING
        lines = [line for part in task.title.splitlines() for line in wrapped(part, SIZE, limit)]
        return shortened([line for line in lines if line], _TITLE_LINES)

    def _asides(self, task: Task) -> list[str]:
        told = [f"{label or self.words.time}: {in_one_line(time)}" for label, time in task.times]
        if task.output:
            told.append(f"{self.words.output}: {in_one_line(task.output)}")
        limit = self.inner - 2 * _PADDING
        return [line for text in told for line in shortened(wrapped(text, SMALL, limit), 3)]

    def _lines(
        self, labels: list[Label], lines: Sequence[str], x: float, y: float, size: int, style: Style
    ) -> float:
        """Add lines of text from ``y`` on; returns where they end."""
        for line in lines:
            labels.append(Label(line, x, y + size * LINE / 2, style))
            y += size * LINE
        return y

    def _put(
        self, kind: Kind, x: float, width: float, height: float, labels: Sequence[Label]
    ) -> Shape:
        shape = Shape(kind, x, self.top, width, height, tuple(labels))
        self.shapes.append(shape)
        self.top += height + _GAP
        return shape
