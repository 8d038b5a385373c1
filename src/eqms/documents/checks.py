"""What must be in order before a revision is submitted."""

from Acquisition import aq_parent
from eqms import _
from eqms.documents.content import IRevision
from eqms.documents.content import number_of
from eqms.documents.content import register_of
from eqms.documents.interfaces import ISubmitCheck
from eqms.domain.numbering import PaperNumber
from eqms.domain.revisions import State
from typing import Any
from zope.component import adapter
from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.interface import implementer


@implementer(ISubmitCheck)
@adapter(IRevision)
class NumberCheck:
    """Every revision that was ever issued has its own issue and amendment number."""

    def __init__(self, revision: Any) -> None:
        self.revision = revision

    def problems(self) -> list[str]:
        """Refuse a number that another revision of the document was issued under."""
        document = aq_parent(self.revision)
        own = PaperNumber(self.revision.issue_no, self.revision.amendment_no)
        for entry in register_of(document).entries:
            if entry.id == self.revision.getId() or entry.state is State.WITHDRAWN:
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
            row["number"] == own
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
