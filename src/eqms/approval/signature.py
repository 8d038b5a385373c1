"""One signature as evidence."""

from dataclasses import dataclass
from dataclasses import fields
from datetime import date
from datetime import datetime
from eqms.domain import chain
from eqms.domain import route as rules
from eqms.domain.route import Waived


CANONICAL_VERSION = 1
"""Shape of the content that the hash was made of (``documents/snapshot.py``)."""

_LATER = frozenset({"invalid_since", "invalid_reason", "previous"})


@dataclass(frozen=True)
class SignatureRow:
    """A signature becomes invalid with a reason; it is never changed otherwise, never deleted.

    ``meaning`` is the phase, ``act`` the word of the step for it. ``capacity`` and ``lines`` are
    how the post is printed (KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC). ``on_behalf_of`` is the absent member,
    ``substitution`` which record of absence that rests on, ``waiver`` which decision of the head.
    ``kind`` is ``software`` (confirmed in this software, no digital signature) or ``declared``
    (named in a document that was taken over, verified by nobody here).
    """

    step: str
    meaning: str
    person: str | None
    name: str
    position: str
    at: datetime | None
    content_hash: str
    kind: str = "software"
    comment: str = ""
    on_behalf_of: str | None = None
    invalid_since: datetime | None = None
    invalid_reason: str = ""
    seq: int = 0
    round: int = 0
    revision: str = ""
    canonical_version: int = CANONICAL_VERSION
    act: str = ""
    on_cover: str = ""
    capacity: str = ""
    lines: tuple[str, ...] = ()
    on_behalf_of_name: str = ""
    substitution: str = ""
    absent_from: date | None = None
    absent_until: date | None = None
    waived: Waived | None = None
    waiver: str = ""
    waiver_number: str = ""
    waiver_date: date | None = None
    statement: str = ""
    method: str = ""
    authenticated_at: datetime | None = None
    previous: str = chain.GENESIS

    @property
    def valid(self) -> bool:
        """Whether the signature still stands."""
        return self.invalid_since is None

    @property
    def hash(self) -> str:
        """Binds what was signed to the row before; what is noted later is left out.

        So is what is empty: a fact that later rows have besides must not change the hash of this.
        """
        facts = {field.name: getattr(self, field.name) for field in fields(self)}
        said = {name: value for name, value in facts.items() if value and name not in _LATER}
        return chain.link(self.previous, said)

    def for_rules(self) -> rules.Signature:
        """The signature as the evaluation of routes sees it."""
        return rules.Signature(
            step=self.step,
            person=self.person or "",
            on_behalf_of=self.on_behalf_of,
            content_hash=self.content_hash,
            valid=self.valid,
            meaning=self.meaning,
            waived=self.waived,
        )
