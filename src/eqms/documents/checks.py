"""What must be in order before a revision is submitted."""

from Acquisition import aq_parent
from eqms import _
from eqms.documents.content import IRevision
from eqms.documents.content import number_of
from eqms.documents.content import register_of
from eqms.documents.dates import site_zone
from eqms.documents.interfaces import ISubmitCheck
from eqms.documents.switch import is_stale
from eqms.domain.clock import today
from eqms.domain.numbering import PaperNumber
from eqms.domain.revisions import ForceMode
from eqms.domain.revisions import OPEN
from eqms.domain.revisions import State
from typing import Any
from zope.component import adapter
from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.interface import implementer


@implementer(ISubmitCheck)
@adapter(IRevision)
class NumberCheck:
    """Every revision that was ever in force has its own issue and amendment number.

    A normal and an urgent one may be open under the same number: as soon as one of them is in
    force, the other loses its base and is numbered anew.
    """

    def __init__(self, revision: Any) -> None:
        self.revision = revision

    def problems(self) -> list[str]:
        """Refuse a number that another revision of the document was issued under."""
        document = aq_parent(self.revision)
        own = PaperNumber(self.revision.issue_no, self.revision.amendment_no)
        for entry in register_of(document).entries:
            if entry.state in OPEN or entry.state is State.WITHDRAWN:
                continue
            other = document._getOb(entry.id)
            if PaperNumber(other.issue_no, other.amendment_no) == own:
                message = _(
                    "error_number_taken",
                    default="The number ${number} belongs to another revision of this document.",
                    mapping={"number": str(own)},
                )
                return [translate(message, context=getRequest())]
        return []


@implementer(ISubmitCheck)
@adapter(IRevision)
class AmendmentCheck:
    """From the second revision on, the amendment sheet says what was changed and why."""

    def __init__(self, revision: Any) -> None:
        self.revision = revision

    def problems(self) -> list[str]:
        """Ask for a line of the amendment sheet with summary and ground."""
        if self.revision.based_on is None:
            return []
        own = number_of(self.revision)
        if any(
            (row.get("number") or own) == own
            and (row.get("summary") or "").strip()
            and (row.get("ground") or "").strip()
            for row in self.revision.amendments or ()
        ):
            return []
        message = _(
            "error_amendment_missing",
            default="The amendment sheet has no line for ${number}. Say what was changed and on "
            "what ground.",
            mapping={"number": own},
        )
        return [translate(message, context=getRequest())]


@implementer(ISubmitCheck)
@adapter(IRevision)
class StartCheck:
    """What signers approve says from when the revision is to be in force."""

    def __init__(self, revision: Any) -> None:
        self.revision = revision

    def problems(self) -> list[str]:
        """Ask for the date or the number of days, and for a date that has not passed."""
        mode, day = self.revision.force_mode, self.revision.force_date
        message = None
        if mode == ForceMode.ON_DATE and day is None:
            message = _(
                "error_force_date_missing",
                default="Say from which date the revision is to be in force.",
            )
        elif mode == ForceMode.ON_DATE and day < today(site_zone()):
            message = _(
                "error_force_date_past",
                default="${day} has passed: a revision is not in force before it is issued.",
                mapping={"day": day.strftime("%d/%m/%Y")},
            )
        elif mode == ForceMode.DAYS_AFTER and self.revision.force_days is None:
            message = _(
                "error_force_days_missing",
                default="Say how many days after its issue the revision is to be in force.",
            )
        return [] if message is None else [translate(message, context=getRequest())]


@implementer(ISubmitCheck)
@adapter(IRevision)
class BaseCheck:
    """A revision changes what is in force now, not what was in force when it was begun."""

    def __init__(self, revision: Any) -> None:
        self.revision = revision

    def problems(self) -> list[str]:
        """Ask to rebase a draft that rests on a text replaced since."""
        if not is_stale(self.revision):
            return []
        message = _(
            "error_base_lost",
            default="Another revision came in force since this draft was begun. Take its changes "
            "over first (Rebase).",
        )
        return [translate(message, context=getRequest())]
