"""Where proposals are kept: with the agency, by document and number, for its desk to find."""

from BTrees.OOBTree import OOBTree
from BTrees.OOBTree import OOTreeSet
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from enum import StrEnum
from eqms.agencies.content import Agency
from eqms.agencies.lookup import agency_of
from eqms.approval.signature import SignatureRow
from eqms.domain.canonical import content_hash
from persistent import Persistent
from plone import api
from plone.namedfile.file import NamedBlobFile
from typing import Any
from zope.lifecycleevent.interfaces import IObjectAddedEvent


class Kind(StrEnum):
    """What is proposed."""

    SUSPEND = "suspend"
    RESUME = "resume"
    RETIRE = "retire"
    CANCEL_APPROVAL = "cancel_approval"
    RESCHEDULE = "reschedule"


class Outcome(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Cited:
    """The decision that a proposal rests on instead of a signature given here."""

    number: str
    decided_on: date
    file: NamedBlobFile | None = None


@dataclass(frozen=True)
class Proposal:
    """What is proposed, as it is signed.

    ``document`` and ``revision`` are UIDs, ``number`` counts the proposals about the document.
    ``why`` (a term of ``eqms.end_reasons``) and ``successor`` (UID) are for retiring, ``due_on``
    for another day to come in force.
    """

    number: int
    kind: Kind
    document: str
    revision: str
    reason: str
    by: str
    at: datetime
    why: str = ""
    successor: str | None = None
    due_on: date | None = None

    @property
    def hash(self) -> str:
        """SHA-256 of what is proposed (hex): a signature is given on this."""
        return content_hash({name: value for name, value in vars(self).items() if value})


class Request(Persistent):
    """A proposal and what became of it: one persistent object, so that it is decided once."""

    def __init__(self, proposal: Proposal) -> None:
        self.proposal = proposal
        self.outcome = Outcome.OPEN
        self.closed_by: str | None = None
        self.closed_at: datetime | None = None
        self.comment: str = ""
        self.signature: SignatureRow | None = None
        self.cited: Cited | None = None


class RequestBook(Persistent):
    """The proposals of an agency by (document UID, number), and the keys of those that are open."""

    def __init__(self) -> None:
        self._requests: OOBTree = OOBTree()
        self._open: OOTreeSet = OOTreeSet()

    def add(self, request: Request) -> None:
        """Keep a new proposal; two about one document at the same time conflict."""
        key = (request.proposal.document, request.proposal.number)
        self._requests[key] = request
        self._open.insert(key)

    def of(self, document: str) -> list[Request]:
        """The proposals about a document, the oldest first."""
        return list(self._requests.values((document, 0), (document, 1 << 30)))

    def open(self) -> Iterator[Request]:
        """What waits for a signature or a decision."""
        return (self._requests[key] for key in self._open)

    def close(self, request: Request) -> None:
        """Take a proposal off what is open."""
        self._open.remove((request.proposal.document, request.proposal.number))


def agency_added(agency: Agency, event: IObjectAddedEvent) -> None:
    """A new agency has a book of its own, a copied one an empty one."""
    agency._requests = RequestBook()


def book_of(context: Any) -> RequestBook:
    """The book of the agency that something belongs to."""
    book: RequestBook = agency_of(context)._requests
    return book


def requests_of(document: Any) -> list[Request]:
    """The proposals about a document, the oldest first."""
    return book_of(document).of(api.content.get_uuid(document))


def request_by(document: Any, number: int) -> Request | None:
    """A proposal about a document by its number."""
    return next((item for item in requests_of(document) if item.proposal.number == number), None)
