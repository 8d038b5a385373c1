"""What is done with a decision; each call answers with the decision as it is afterwards."""

from eqms import _
from eqms.approval.decisions.entering import cancel
from eqms.approval.decisions.entering import drop
from eqms.approval.decisions.entering import enter
from eqms.approval.decisions.entering import Entry
from eqms.approval.decisions.rows import abolish_row
from eqms.approval.decisions.rows import issue_row
from eqms.approval.decisions.rows import set_rows
from eqms.documents.content import IControlledDocument
from eqms.documents.content import IRevision
from eqms.documents.errors import bad_request
from eqms.documents.services.body import body_of
from eqms.documents.services.body import day_of
from eqms.documents.services.body import file_of
from eqms.documents.services.body import text_of
from eqms.documents.services.csrf import refuse_forged_request
from eqms.domain.decisions import Action
from eqms.domain.decisions import DecisionError
from eqms.domain.decisions import Row
from plone.app.uuid.utils import uuidToObject
from plone.restapi.interfaces import ISerializeToJson
from plone.restapi.services import Service
from typing import Any
from zope.component import getMultiAdapter


class DecisionPost(Service):
    """Something that is done with a decision."""

    def reply(self) -> dict[str, Any]:
        """The decision; refusals by their status."""
        refuse_forged_request(self.request)
        self.act()
        answer: dict[str, Any] = getMultiAdapter((self.context, self.request), ISerializeToJson)()
        return answer

    def act(self) -> None:
        """Do it."""
        raise NotImplementedError


class RowsPost(DecisionPost):
    """``POST /{decision}/@decision-rows`` ``{rows: […]}``; the rows that were there are replaced.

    A row is ``{revision, action?}``, which is issued, or ``{document, successor?}``, which is
    abolished; all of them UIDs.
    """

    def act(self) -> None:
        """Set the rows."""
        asked = body_of(self.request).get("rows")
        if not isinstance(asked, list) or not all(isinstance(row, dict) for row in asked):
            raise bad_request(
                _("error_rows_member", default="rows must be a list of objects with UIDs.")
            )
        set_rows(self.context, [_row(row) for row in asked])


class IssuePost(DecisionPost):
    """``POST /{decision}/@issue-decision``.

    ``{number, date, in_force_on?, signer, position, capacity, file: {data, filename}}``
    """

    def act(self) -> None:
        """Enter the signed decision."""
        named = body_of(self.request).get("in_force_on") is not None
        entry = Entry(
            number=text_of(self.request, "number"),
            decided_on=day_of(self.request, "date"),
            in_force_on=day_of(self.request, "in_force_on") if named else None,
            signer=text_of(self.request, "signer"),
            position=text_of(self.request, "position"),
            capacity=text_of(self.request, "capacity"),
            signed_file=file_of(self.request, "file"),
        )
        enter(self.context, entry)


class DropPost(DecisionPost):
    """``POST /{decision}/@drop-row`` ``{document, reason}``."""

    def act(self) -> None:
        """Drop the row."""
        drop(self.context, text_of(self.request, "document"), text_of(self.request, "reason"))


class CancelPost(DecisionPost):
    """``POST /{decision}/@cancel`` ``{reason}``."""

    def act(self) -> None:
        """Give it up."""
        cancel(self.context, text_of(self.request, "reason"))


def _row(asked: dict[str, Any]) -> Row:
    revision = _found(asked.get("revision"))
    document = _found(asked.get("document"))
    try:
        if IRevision.providedBy(revision):
            action = asked.get("action")
            return issue_row(revision, Action(action) if action is not None else None)
        if IControlledDocument.providedBy(document) and "revision" not in asked:
            return abolish_row(document, asked.get("successor"))
    except (DecisionError, ValueError) as error:
        raise bad_request(
            _(
                "error_row_action",
                default="action must be one of: ${actions}; only a document without a revision is "
                "abolished.",
                mapping={"actions": ", ".join(Action)},
            )
        ) from error
    raise bad_request(
        _(
            "error_row_unknown",
            default="Each row needs the UID of a revision to be issued, or of a document to be "
            "abolished.",
        )
    )


def _found(uid: Any) -> Any | None:
    return uuidToObject(uid, unrestricted=True) if isinstance(uid, str) else None
