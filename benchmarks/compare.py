"""Measuring two things in turns, so that whatever else the machine does hits both alike."""

from benchmarks.instance import Instance
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field
from statistics import median


Worker = Callable[[float], float]
"""Works for about so many seconds and returns how many it did per second."""

Figures = dict[str, list[float]]
"""What came of each turn, ours and what it is compared with; as JSON can carry it."""

TURN = 0.5
"""Seconds of one turn."""


@dataclass(frozen=True)
class Comparison:
    """What came of each turn: ours, and right after it what it is compared with."""

    ours: list[float]
    beside: list[float]
    notes: list[str] = field(default_factory=list)

    @property
    def ratios(self) -> list[float]:
        """Ours divided by the other, turn by turn."""
        return [ours / beside for ours, beside in zip(self.ours, self.beside, strict=True)]

    def summary(self) -> dict[str, float]:
        """Median of both, and median, least and greatest ratio."""
        return {
            "ours": median(self.ours),
            "beside": median(self.beside),
            "ratio": median(self.ratios),
            "min": min(self.ratios),
            "max": max(self.ratios),
        }


def in_turns(
    ours: Worker, stock: Worker, seconds: float, turn: float = TURN
) -> tuple[list[float], list[float]]:
    """Let both work in turns, one turn each to warm up and then for so many seconds in all."""
    ours(turn)
    stock(turn)
    turns = max(1, round(seconds / turn / 2))
    pairs = [(ours(turn), stock(turn)) for _ in range(turns)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


@dataclass(frozen=True)
class Bench:
    """What a case has at hand: the instance with both sites, and how long it may take."""

    instance: Instance
    password: str
    documents: int
    seconds: float
    large: int


@dataclass(frozen=True)
class Case:
    """One comparison, with the least ratio that is wanted, or the greatest if it is one of times.

    ``slow`` ones take long, so they run only when they are asked for by name.
    """

    name: str
    title: str
    unit: str
    target: float
    measure: Callable[[Bench], Comparison]
    times: bool = False
    slow: bool = False

    @property
    def wanted(self) -> str:
        """The target, for people."""
        return f"{'≤' if self.times else '≥'} {self.target:g}"
