"""Measuring two things in turns, so that whatever else the machine does hits both alike."""

from benchmarks.instance import Instance
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field
from statistics import median


Worker = Callable[[float], float]
"""Works for about so many seconds and returns how many it did per second."""

TURN = 0.5
"""Seconds of one turn."""


@dataclass(frozen=True)
class Comparison:
    """What was done per second in each turn, ours and the one of stock Plone right after it."""

    ours: list[float]
    stock: list[float]
    notes: list[str] = field(default_factory=list)

    @property
    def ratios(self) -> list[float]:
        """How many times faster ours is, turn by turn."""
        return [ours / stock for ours, stock in zip(self.ours, self.stock, strict=True)]

    def summary(self) -> dict[str, float]:
        """Median of both, and median, least and greatest ratio."""
        return {
            "ours": median(self.ours),
            "stock": median(self.stock),
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


@dataclass(frozen=True)
class Case:
    """One comparison, with the least ratio that is wanted."""

    name: str
    title: str
    unit: str
    target: float
    measure: Callable[[Bench], Comparison]
