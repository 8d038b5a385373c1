"""What lists of documents can be asked for, and what a row of theirs says."""

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import date
from datetime import datetime
from eqms import _
from eqms.documents.asof import Moment
from eqms.documents.errors import bad_request
from eqms.documents.interfaces import IListCriterion
from eqms.documents.ledger import Facts
from eqms.domain.codes import canonical
from eqms.domain.intervals import Interval
from eqms.domain.numbering import PaperNumber
from eqms.domain.revisions import DocumentState
from types import MappingProxyType
from typing import Any
from typing import Final
from typing import Self
from zope.component import getUtilitiesFor


SORTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "code": "eqms_code",
        "title": "sortable_title",
        "in_force_from": "eqms_in_force_from",
        "review_due": "eqms_review_due",
    }
)
"""What the list can be sorted by, with the index that does it today.

By the day of the next review stand those that have one.
"""

IN_FORCE: Final = (DocumentState.IN_FORCE.value, DocumentState.IN_FORCE_IN_PROGRESS.value)
EVER_IN_FORCE: Final = tuple(
    state.value for state in DocumentState if state is not DocumentState.NO_REVISION
)

STATES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        DocumentState.IN_FORCE.value: IN_FORCE,
        DocumentState.SUSPENDED.value: (DocumentState.SUSPENDED.value,),
        DocumentState.RETIRED.value: (DocumentState.RETIRED.value,),
        "all": EVER_IN_FORCE,
    }
)
"""States that can be asked for, with those that the catalog knows."""


@dataclass(frozen=True)
class Question:
    """What is asked for; empty texts ask for nothing in particular.

    ``agency`` and ``unit`` (the one in charge) are UIDs, ``type`` a portal type, ``field`` a field
    of administration by its letters, ``code`` one that the document bears or bore, ``q`` words: of
    the whole text today, of code and title on a past day. ``state`` is one of `STATES`;
    ``review_by`` asks for what is to be reviewed until a day; ``criteria`` is what rooms above
    narrow the list by. These are known of today only.
    """

    agency: str = ""
    type: str = ""
    field: str = ""
    unit: str = ""
    code: str = ""
    q: str = ""
    state: str = DocumentState.IN_FORCE.value
    review_by: date | None = None
    sort_on: str = "code"
    descending: bool = False
    moment: Moment | None = None
    criteria: Mapping[str, Any] = attribute(default_factory=dict)

    def __post_init__(self) -> None:
        if self.sort_on not in SORTS:
            raise bad_request(
                _(
                    "error_sort_on",
                    default="The list can be sorted by ${names}.",
                    mapping={"names": ", ".join(SORTS)},
                )
            )
        if self.state not in STATES:
            raise bad_request(
                _(
                    "error_list_state",
                    default="The state must be one of: ${names}.",
                    mapping={"names": ", ".join(STATES)},
                )
            )
        if self.moment is not None and self._of_today_only:
            raise bad_request(
                _(
                    "error_today_only",
                    default="Of a past day the list says what was in force. State and review can "
                    "be asked for today only.",
                )
            )

    @property
    def _of_today_only(self) -> bool:
        by_review = self.review_by is not None or self.sort_on == "review_due"
        return by_review or self.state != DocumentState.IN_FORCE or bool(self.criteria)

    def identity(self) -> dict[str, Any]:
        """What the catalog is asked about identity: it is of today in every list."""
        asked = {
            "eqms_agency": self.agency,
            "portal_type": self.type,
            "eqms_unit": self.unit,
            "eqms_codes": canonical(self.code),
        }
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True)
class Row:
    """A document in the list with its revision of then; instants are aware, in UTC.

    ``until`` is None while it is in force, as far as was known. ``revision`` is its UID, ``number``
    its issue and amendment number, ``unit`` the UID of the unit that drafted it and ``owner`` that
    of the one in charge, ``decision`` the number of the one that issued it, ``applies_to`` UIDs of
    agencies and ``tiers`` rules.
    """

    uid: str
    url: str
    type: str
    agency: str
    owner: str
    state: str
    code: str
    title: str
    number: str
    field: str
    unit: str
    issued_on: datetime | None
    since: datetime | None
    until: datetime | None
    decision: str
    applies_to: tuple[str, ...]
    tiers: tuple[str, ...]
    revision: str
    review_due: date | None = None
    unconfirmed: bool = False

    @classmethod
    def of(cls, brain: Any, interval: Interval, facts: Facts, **values: Any) -> Self:
        """A row of what the catalog knows of the document and the ledger of its revision.

        :param values: ``state``, ``since``, and what is known of today only
        """
        return cls(
            uid=brain.UID,
            url=brain.getURL(),
            type=brain.portal_type,
            agency=brain.eqms_agency or "",
            owner=brain.eqms_unit or "",
            code=facts.code,
            title=facts.title,
            number=facts.number,
            field=facts.field or "",
            unit=facts.unit,
            issued_on=facts.issued_on,
            until=interval.end,
            decision=facts.decision,
            applies_to=facts.applies_to,
            tiers=facts.tiers,
            revision=interval.revision,
            **values,
        )

    @property
    def paper_number(self) -> PaperNumber:
        """Issue and amendment number apart."""
        return PaperNumber.parse(self.number)


@dataclass(frozen=True)
class Found:
    """A part of the list; ``total`` counts the whole."""

    rows: Sequence[Row]
    total: int


def criteria_asked(request: Any) -> dict[str, Any]:
    """What rooms above make of the parameters of a request.

    :raises BadRequest: for a value that makes no sense
    :raises Forbidden: for one that the caller may not ask for
    """
    found: dict[str, Any] = {}
    for name, criterion in getUtilitiesFor(IListCriterion):
        value = request.form.get(name)
        if isinstance(value, str) and value.strip():
            found |= criterion.criteria(value.strip())
    return found
