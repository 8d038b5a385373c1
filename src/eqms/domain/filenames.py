"""Which document a file belongs to, by the code in its name; nothing is guessed.

Names are typed by people and rewritten by scanners and mail: ``/`` cannot stand in them, marks get
lost, words come before and after. So a code is found where its letters and digits stand in the
name one after the other, beginning and ending at the edge of a word or number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from eqms.domain.vietnamese import code_atoms


@dataclass(frozen=True)
class Named:
    """The codes that a file name holds, in the order given; exactly one is an answer."""

    codes: tuple[str, ...]

    @property
    def code(self) -> str | None:
        """The code, if there is no doubt."""
        return self.codes[0] if len(self.codes) == 1 else None


def named_in(filename: str, codes: Iterable[str]) -> Named:
    """Find the codes of documents in a file name; one within a longer one does not count.

    ``QT 03-CX-HCTP ký.pdf`` names ``QT 03/CX-HCTP`` and not ``QT 03``; ``QT 03 và QT 04.pdf``
    names both. The same code given twice is two documents, so there is doubt.
    """
    stem = filename.rpartition(".")[0] or filename
    atoms = code_atoms(stem)
    found = [(code, _places(code, atoms)) for code in codes]
    places = [place for _code, its in found for place in its]
    return Named(
        tuple(
            code
            for code, its in found
            if any(not any(_within(place, other) for other in places) for place in its)
        )
    )


def _places(code: str, atoms: list[str]) -> list[tuple[int, int]]:
    """Where a code stands among the atoms of a name: ranges of them."""
    sought = "".join(code_atoms(code))
    return [
        (start, end)
        for start in range(len(atoms))
        for end in range(start + 1, len(atoms) + 1)
        if "".join(atoms[start:end]) == sought
    ]


def _within(place: tuple[int, int], other: tuple[int, int]) -> bool:
    return place != other and other[0] <= place[0] and place[1] <= other[1]
