"""The register of a document: which revisions it has, and which was in force when."""

from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from eqms.domain import intervals
from eqms.domain.intervals import Interval
from eqms.domain.revisions import document_state
from eqms.domain.revisions import DocumentState
from eqms.domain.revisions import LIVE
from eqms.domain.revisions import OPEN
from eqms.domain.revisions import State
from persistent import Persistent


@dataclass(frozen=True)
class Entry:
    """A revision as its document knows it."""

    seq: int
    uid: str
    id: str
    state: State
    kind: str = "normal"


class RevisionRegister(Persistent):
    """Pointer and interval map of one document.

    One plain persistent object on purpose: whatever happens to a revision writes it whole, so two
    transactions on one document always conflict and the later one decides anew (invariant 1).
    """

    def __init__(self) -> None:
        self.entries: tuple[Entry, ...] = ()
        self.intervals: tuple[Interval, ...] = ()
        self.next_seq: int = 1

    def add(self, entry: Entry) -> None:
        """Take in a new revision; its ``seq`` is used up for good."""
        self.entries = (*self.entries, entry)
        self.next_seq = max(self.next_seq, entry.seq) + 1

    def remove(self, uid: str) -> None:
        """Forget a draft that was discarded before anybody was asked about it."""
        self.entries = tuple(entry for entry in self.entries if entry.uid != uid)
        self.intervals = tuple(row for row in self.intervals if row.revision != uid)

    def set_state(self, uid: str, state: State) -> None:
        """Note the state that the revision has reached.

        :raises KeyError: if the revision is none of this document
        """
        if all(entry.uid != uid for entry in self.entries):
            raise KeyError(uid)
        self.entries = tuple(
            replace(entry, state=state) if entry.uid == uid else entry for entry in self.entries
        )

    def entry(self, uid: str) -> Entry | None:
        """The entry of a revision, by its UID."""
        return next((entry for entry in self.entries if entry.uid == uid), None)

    @property
    def live(self) -> Entry | None:
        """The revision in force or suspended; at most one (invariant 1)."""
        return next((entry for entry in self.entries if entry.state in LIVE), None)

    @property
    def in_force(self) -> Entry | None:
        """The revision in force."""
        live = self.live
        return live if live is not None and live.state is State.IN_FORCE else None

    @property
    def latest(self) -> Entry | None:
        """The revision in force or suspended, or else the last one that was in force."""
        return self.live or (self.entry(self.intervals[-1].revision) if self.intervals else None)

    def before(self, uid: str) -> Entry | None:
        """The revision that was in force before another one was for the first time."""
        in_force = [row.revision for row in self.intervals]
        position = in_force.index(uid) if uid in in_force else 0
        return self.entry(in_force[position - 1]) if position else None

    def open(self, kind: str = "normal") -> Entry | None:
        """The revision being drafted or decided, of the kind ``normal`` or ``urgent``."""
        return next(
            (entry for entry in self.entries if entry.state in OPEN and entry.kind == kind), None
        )

    @property
    def document_state(self) -> DocumentState:
        """What a person reads as the state of the document."""
        return document_state(entry.state for entry in self.entries)

    def begin(self, uid: str, start: datetime, recorded_at: datetime) -> None:
        """Note since when a revision is in force.

        :raises eqms.domain.intervals.IntervalError: if another one is in force then
        """
        self.intervals = intervals.opened(self.intervals, uid, start, recorded_at)

    def end(self, uid: str, end: datetime, recorded_at: datetime) -> None:
        """Note until when a revision was in force."""
        self.intervals = intervals.closed(self.intervals, uid, end, recorded_at)
