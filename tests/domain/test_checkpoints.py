"""What a checkpoint kept outside shows, and what it is taken over."""

from collections.abc import Callable
from datetime import datetime
from datetime import UTC
from eqms.domain import chain
from eqms.domain import checkpoints
from eqms.domain.checkpoints import Head
from eqms.domain.checkpoints import Loss
from hypothesis import given
from hypothesis import strategies as st
from typing import Any
import pytest


NOON = datetime(2026, 3, 10, 5, 0, tzinfo=UTC)
HEADS = [Head("a", 3, "a" * 64), Head("b", 1, "b" * 64), Head("c", 9, "c" * 64)]


def ask(chains: dict[str, list[str]]) -> Callable[[str, int], str | None]:
    def hash_at(subject: str, number: int) -> str | None:
        rows = chains.get(subject, [])
        return rows[number - 1] if number <= len(rows) else None

    return hash_at


def test_checkpoints_are_numbered_and_chained() -> None:
    first = checkpoints.take(None, NOON, HEADS)
    second = checkpoints.take(first, NOON, HEADS)
    assert (first["number"], second["number"]) == (1, 2)
    assert first["previous"] == chain.GENESIS
    assert chain.verify([first, second]) == []
    assert chain.verify([second]) != []


def test_it_holds_for_its_heads_and_no_others() -> None:
    taken = checkpoints.take(None, NOON, HEADS)
    assert checkpoints.holds(taken, HEADS)
    assert not checkpoints.holds(taken, HEADS[:2])
    assert not checkpoints.holds(taken, [HEADS[0], HEADS[1]._replace(length=2), HEADS[2]])
    assert not checkpoints.holds(taken, [*HEADS[:2], HEADS[2]._replace(subject="d")])
    assert not checkpoints.holds(taken, HEADS[::-1])
    assert not checkpoints.holds({}, HEADS)


@pytest.mark.parametrize("name", ["at", "number", "root", "previous", "chains", "hash"])
def test_it_does_not_hold_when_altered(name: str) -> None:
    taken: dict[str, Any] = checkpoints.take(None, NOON, HEADS)
    taken[name] = "f" * 64
    assert not checkpoints.holds(taken, HEADS)


def test_of_nothing_too() -> None:
    assert checkpoints.holds(checkpoints.take(None, NOON, []), [])


@pytest.mark.parametrize("heads", [[HEADS[0], HEADS[0]], HEADS[::-1]])
def test_heads_come_once_and_in_order(heads: list[Head]) -> None:
    with pytest.raises(ValueError, match="does not follow"):
        checkpoints.take(None, NOON, heads)


def test_what_became_of_the_heads() -> None:
    heads = [Head("cut", 2, "2"), Head("gone", 1, "1"), Head("grown", 1, "1"), Head("new", 2, "2")]
    chains = {"cut": ["1"], "grown": ["1", "2"], "new": ["x", "y"]}
    assert list(checkpoints.losses(heads, ask(chains))) == [
        (heads[0], Loss.CUT),
        (heads[1], Loss.GONE),
        (heads[3], Loss.REWRITTEN),
    ]


@given(
    st.dictionaries(
        st.text(min_size=1, max_size=3),
        st.lists(st.text("abc", min_size=1, max_size=3), min_size=1, max_size=5),
        min_size=1,
    ),
    st.data(),
)
def test_growing_loses_nothing_and_cutting_always_shows(
    chains: dict[str, list[str]], data: st.DataObject
) -> None:
    heads = [Head(name, len(rows), rows[-1]) for name, rows in sorted(chains.items())]
    grown = {name: [*rows, "x"] for name, rows in chains.items()}
    assert list(checkpoints.losses(heads, ask(grown))) == []
    victim = data.draw(st.sampled_from(sorted(chains)))
    cut = {**chains, victim: chains[victim][:-1]}
    assert [head.subject for head, _loss in checkpoints.losses(heads, ask(cut))] == [victim]
