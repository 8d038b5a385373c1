"""Who leads an agency: head, deputies, the fields they are in charge of, titles as printed."""

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from eqms.agencies.content import Agency
from eqms.domain.capacity import head_title
from eqms.domain.capacity import Post
from eqms.domain.capacity import Rank
from typing import Any


HEADS = (Rank.HEAD, Rank.ACTING)


@dataclass(frozen=True)
class Leader:
    """A person with a post in the agency; ``fields`` are the letters of fields in charge."""

    person: str
    title: str
    rank: Rank
    fields: frozenset[str]


def leaders(agency: Agency) -> tuple[Leader, ...]:
    """Everybody with a post, in the order of the table."""
    return tuple(_leader(row) for row in agency.leaders or () if row.get("person"))


def heads(agency: Agency) -> frozenset[str]:
    """The head of the agency, or who acts as such; empty while the post is vacant."""
    return frozenset(leader.person for leader in leaders(agency) if leader.rank in HEADS)


def deputies(agency: Agency) -> frozenset[str]:
    """The deputies of the head."""
    return frozenset(leader.person for leader in leaders(agency) if leader.rank is Rank.DEPUTY)


def in_charge_of(agency: Agency, field: str | None) -> frozenset[str]:
    """The leader in charge of a field of administration; the head where nobody is."""
    found = frozenset(
        leader.person
        for leader in leaders(agency)
        if field in leader.fields and leader.rank is not Rank.OTHER
    )
    return found or heads(agency)


def post_of(agency: Agency, person: str) -> Post:
    """The post of a person as it is printed; an empty one for who has none in the table."""
    known = leaders(agency)
    titles: Mapping[Rank, Sequence[str]] = {
        rank: [leader.title for leader in known if leader.rank is rank] for rank in Rank
    }
    own = next((leader for leader in known if leader.person == person), None)
    return Post(
        rank=own.rank if own is not None else Rank.OTHER,
        title=own.title if own is not None else "",
        head=head_title(titles),
        collective=(agency.collective or "").strip(),
    )


def _leader(row: Mapping[str, Any]) -> Leader:
    return Leader(
        person=row["person"],
        title=(row.get("title") or "").strip(),
        rank=Rank(row.get("rank") or Rank.OTHER),
        fields=frozenset((row.get("fields") or "").replace(",", " ").split()),
    )
