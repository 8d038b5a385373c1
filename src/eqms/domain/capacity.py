"""In which capacity an official signs, and the lines printed above the name.

Decree 30/2020/NĐ-CP, Annex I, part II, section I, item 7: TM. before the name of a collective, Q.
before the title of who acts as head, KT. before the title of the head where a deputy signs, TL.
and TUQ. before it where somebody below signs by order or by authorisation; the signer's own title
stands in the line below.
"""

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


DEPUTY: Final = "Phó "
"""With what the title of a deputy begins: Phó Giám đốc, Phó Chủ tịch."""


class Rank(StrEnum):
    """What a person is in the agency."""

    HEAD = "head"
    ACTING = "acting"
    """Quyền: acts as head (Q. GIÁM ĐỐC)."""

    DEPUTY = "deputy"
    OTHER = "other"
    """Any other post, for example the head of a unit or a member of staff."""


class Capacity(StrEnum):
    """In which capacity one signs; the value is what is sent and kept."""

    OWN = ""
    """In the own post; also "the usual one" where none is chosen."""

    TM = "TM"
    KT = "KT"
    TM_KT = "TM-KT"
    Q = "Q"
    TM_Q = "TM-Q"
    TL = "TL"
    TUQ = "TUQ"


_BY_RANK: Final[Mapping[Rank, tuple[Capacity, ...]]] = MappingProxyType(
    {
        Rank.HEAD: (Capacity.OWN, Capacity.TM),
        Rank.ACTING: (Capacity.Q, Capacity.TM_Q),
        Rank.DEPUTY: (Capacity.KT, Capacity.TM_KT),
        Rank.OTHER: (Capacity.OWN, Capacity.TL, Capacity.TUQ),
    }
)

_FOR_COLLECTIVE: Final = frozenset({Capacity.TM, Capacity.TM_KT, Capacity.TM_Q})
_FOR_HEAD: Final = frozenset({Capacity.KT, Capacity.TM_KT, Capacity.TL, Capacity.TUQ})


class WrongCapacity(ValueError):
    """The person cannot sign so."""


@dataclass(frozen=True)
class Post:
    """Who signs, as far as the printed lines tell: rank, title, whose head, which collective.

    ``title`` is the post as printed (Phó Giám đốc), ``head`` the title of the head of the agency
    (Giám đốc), ``collective`` the body the agency is or leads (Ủy ban nhân dân); empty if none.
    """

    rank: Rank = Rank.OTHER
    title: str = ""
    head: str = ""
    collective: str = ""


def head_title(titles: Mapping[Rank, Sequence[str]]) -> str:
    """The title of the head, from the titles held in an agency; empty if they do not tell.

    Where the post is vacant it follows from that of a deputy.
    """
    held = (*titles.get(Rank.HEAD, ()), *titles.get(Rank.ACTING, ()))
    named = (title for title in held if title)
    from_deputies = (
        title.removeprefix(DEPUTY)
        for title in titles.get(Rank.DEPUTY, ())
        if title.startswith(DEPUTY)
    )
    found = next(named, "") or next(from_deputies, "")
    return found[:1].upper() + found[1:]


def offered(post: Post) -> tuple[Capacity, ...]:
    """The capacities in which the holder of the post may sign, the usual one first."""
    found = tuple(
        capacity
        for capacity in _BY_RANK[post.rank]
        if (post.collective or capacity not in _FOR_COLLECTIVE)
        and (post.head or capacity not in _FOR_HEAD)
    )
    return found or (Capacity.OWN,)


def chosen(post: Post, asked: str) -> Capacity:
    """The capacity for what a signer asked; empty is the usual one. Raises WrongCapacity."""
    choices = offered(post)
    if not asked:
        return choices[0]
    for capacity in choices:
        if capacity.value == asked:
            return capacity
    raise WrongCapacity(asked)


def lines(post: Post, capacity: Capacity) -> tuple[str, ...]:
    """What is printed above the signature, line by line, in capitals.

    ``("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")``; ``("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ
    TỊCH")``; ``("Q. GIÁM ĐỐC",)``. Without a known post there is no line.
    """
    printed: list[str] = []
    if capacity in _FOR_COLLECTIVE:
        printed.append(f"TM. {post.collective}")
    match capacity:
        case Capacity.KT | Capacity.TM_KT:
            printed += [f"KT. {post.head}", post.title]
        case Capacity.Q | Capacity.TM_Q:
            printed.append(f"Q. {post.title or post.head}")
        case Capacity.TL | Capacity.TUQ:
            printed += [f"{capacity.value}. {post.head}", post.title]
        case _:
            printed.append(post.title)
    return tuple(line.upper() for line in printed if line)
