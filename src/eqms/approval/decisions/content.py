"""Schema and class of issue decisions."""

from eqms import _
from eqms.domain.decisions import Row
from plone.autoform import directives
from plone.dexterity.content import Item
from plone.namedfile.field import NamedBlobFile
from plone.supermodel import model
from zope import schema
from zope.interface import implementer


class IIssueDecision(model.Schema):
    """A decision by which an agency issues documents; what is asked before it is signed.

    Number, date and the signed file are entered once it was: evidence beside the content of the
    revisions, outside their hashes.
    """

    title = schema.TextLine(
        title=_("label_decision_title", default="Subject"),
        description=_(
            "help_decision_title",
            default="What the decision is about, as it stands under its heading.",
        ),
        max_length=500,
    )
    grounds = schema.Text(
        title=_("label_decision_grounds", default="Grounds"),
        description=_(
            "help_decision_grounds",
            default="One in a line: the laws and decisions it rests on, and who proposed it.",
        ),
        required=False,
        default="",
    )
    recipients = schema.Text(
        title=_("label_decision_recipients", default="Recipients"),
        description=_("help_decision_recipients", default="One in a line."),
        required=False,
        default="",
    )
    capacity = schema.TextLine(
        title=_("label_decision_capacity", default="Signed in the capacity of"),
        description=_(
            "help_decision_capacity",
            default="Only if it is not signed by the head: for example KT. GIÁM ĐỐC.",
        ),
        required=False,
        default="",
    )
    position = schema.TextLine(
        title=_("label_decision_position", default="Position of the signer"),
        required=False,
        default="",
    )
    signer = schema.TextLine(
        title=_("label_decision_signer", default="Signer"),
        required=False,
        default="",
    )

    directives.omitted("number", "decided_on", "in_force_on", "signed_file")
    number = schema.TextLine(
        title=_("label_decision_number", default="Number"), readonly=True, required=False
    )
    decided_on = schema.Date(
        title=_("label_decided_on", default="Date of the decision"), readonly=True, required=False
    )
    in_force_on = schema.Date(
        title=_("label_decision_in_force_on", default="In force from"),
        readonly=True,
        required=False,
    )
    signed_file = NamedBlobFile(
        title=_("label_signed_file", default="Signed file"), readonly=True, required=False
    )


@implementer(IIssueDecision)
class IssueDecision(Item):
    """A decision with its rows; facts are written by code as they happen, times in UTC."""

    rows = ()
    """Lines of the annex list (`eqms.domain.decisions.Row`), in its order."""

    dropped = ()
    """Rows that were taken out, with the reason (`eqms.domain.decisions.Dropped`)."""

    entered_at = None
    start = None
    """From when its rows hold; all of them at this one instant."""

    carried_out_at = None
    content_hash = None
    """SHA-256 of what was entered or given up (hex); the decision never differs from it then."""


def row_of(decision: IssueDecision, document: str) -> Row | None:
    """The row about a document, by its UID."""
    return next((row for row in decision.rows if row.document == document), None)
