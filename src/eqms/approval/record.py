"""The record of a revision's approval: its route and the signatures given on it."""

from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from eqms.domain import route as rules
from eqms.domain.route import Route
from persistent import Persistent
from typing import Any


@dataclass(frozen=True)
class SignatureRow:
    """One signature as evidence; becomes invalid with a reason, is never deleted.

    ``kind`` is ``software`` (confirmed with a password on this site, not a digital signature) or
    ``declared`` (named in a document that was taken over, verified by nobody here).
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

    @property
    def valid(self) -> bool:
        """Whether the signature still stands."""
        return self.invalid_since is None

    def for_rules(self) -> rules.Signature:
        """The signature as the evaluation of routes sees it."""
        return rules.Signature(
            step=self.step,
            person=self.person or "",
            on_behalf_of=self.on_behalf_of,
            content_hash=self.content_hash,
            valid=self.valid,
            meaning=self.meaning,
        )


class ApprovalRecord(Persistent):
    """Route and signatures in one plain persistent object.

    On purpose no BTree: two signatures given at once must conflict, so that the second one counts
    the first when it asks whether the quorum is reached.
    """

    def __init__(self) -> None:
        self.route: Route | None = None
        self.signatures: tuple[SignatureRow, ...] = ()

    def begin(self, route: Route) -> None:
        """Start over with a route; signatures of an earlier round stay as evidence."""
        self.route = route

    def add(self, row: SignatureRow) -> None:
        """Append a signature."""
        self.signatures = (*self.signatures, row)

    def invalidate(self, at: datetime, reason: str) -> int:
        """Make all standing signatures invalid, with the reason; returns how many there were."""
        standing = sum(row.valid for row in self.signatures)
        self.signatures = tuple(
            replace(row, invalid_since=at, invalid_reason=reason) if row.valid else row
            for row in self.signatures
        )
        return standing

    def standing(self) -> list[rules.Signature]:
        """The signatures that count, as the rules see them."""
        return [row.for_rules() for row in self.signatures if row.valid and row.person]


def record_of(revision: Any) -> ApprovalRecord:
    """The approval record of a revision; every revision has one from its first moment on."""
    record: ApprovalRecord = revision._approval
    return record
