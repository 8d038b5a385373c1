"""A draft goes on from a text that came in force after it was begun: what of it holds.

Three versions stand against each other: the base of the draft, the draft (mine) and the revision in
force (theirs). Nothing of theirs is lost without somebody having said so, and nothing of mine.
"""

from collections.abc import Mapping
from collections.abc import Sequence
from enum import StrEnum
from eqms.domain.redline import Verdict
from typing import Any


class Side(StrEnum):
    """Whose version of a value holds."""

    MINE = "mine"
    THEIRS = "theirs"


def holds(verdict: Verdict, asked: Side | None = None) -> Side | None:
    """Whose version of a value holds, with what the author asked for; None if he has to say it.

    What only the revision in force changed is taken over; where both changed the same value in
    different ways, only a person knows.
    """
    if asked is not None:
        return asked
    if verdict is Verdict.CONFLICT:
        return None
    return Side.THEIRS if verdict is Verdict.THEIRS else Side.MINE


def amendment_rows(
    base: Sequence[Mapping[str, Any]],
    mine: Sequence[Mapping[str, Any]],
    theirs: Sequence[Mapping[str, Any]],
    renumbered: tuple[str, str],
) -> list[dict[str, Any]]:
    """The amendment sheet of a draft on its new base: all of theirs, then what is the draft's own.

    ``renumbered`` is the number of the draft before and after; its own rows follow it. What stood
    in the base is history, which the revision in force tells.
    """
    before, after = renumbered
    own = [
        {**row, "number": after if row.get("number") in (before, "") else row.get("number")}
        for row in mine
        if row not in base
    ]
    return [dict(row) for row in theirs] + [row for row in own if row not in theirs]
