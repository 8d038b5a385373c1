"""Schema of the content of procedures (quy trình), and the marker of the documents."""

from collective.z3cform.datagridfield.blockdatagridfield import BlockDataGridFieldFactory
from collective.z3cform.datagridfield.datagridfield import DataGridFieldFactory
from eqms import _
from eqms.documents.content import IControlledDocument
from eqms.procedures import tables
from eqms.procedures.fields import InvalidInput
from eqms.procedures.fields import Lines
from eqms.procedures.rows import IStepRows
from eqms.procedures.rows import Rows
from plone.autoform import directives
from plone.autoform.interfaces import IFormFieldProvider
from plone.supermodel import model
from typing import Any
from zope import schema
from zope.interface import alsoProvides
from zope.interface import invariant
from zope.interface import provider


TABLES = (
    "administrative_procedures",
    "definitions",
    "dossier",
    "channels",
    "scenarios",
    "fees",
    "application_forms",
    "legal_bases",
    "steps",
    "forms",
    "records",
)

BLOCKS = frozenset({"fees"})
"""Tables with too many columns for one line."""


class IProcedure(IControlledDocument):
    """A document whose revisions are procedures."""


def _text(title: Any, description: Any = "") -> schema.Text:
    return schema.Text(title=title, description=description, required=False, default="")


@provider(IFormFieldProvider)
class IProcedureContent(model.Schema):
    """What a procedure says; letters and numbers of its items are made when it is shown.

    The order is the customary one: 1 purpose, 2 scope, 3 references, 4 definitions, 5 content
    (a dossier, b time limit, … steps), 6 forms, 7 records to keep.
    """

    for name in TABLES:
        factory = BlockDataGridFieldFactory if name in BLOCKS else DataGridFieldFactory
        directives.widget(name, factory, allow_reorder=True)
    del name, factory

    model.fieldset(
        "purpose",
        label=_("fieldset_purpose", default="Purpose and scope"),
        fields=["purpose", "scope", "responsibilities", "references", "definitions"],
    )
    directives.widget("purpose", rows=4)
    purpose = _text(_("label_purpose", default="Purpose"))
    directives.widget("scope", rows=4)
    scope = _text(_("label_scope", default="Scope"))
    responsibilities = _text(_("label_responsibilities", default="Responsibilities"))
    references = Lines(
        title=_("label_references", default="Reference documents"),
        description=_("help_one_per_line", default="One per line"),
        required=False,
        default=[],
    )
    definitions = Rows(
        title=_("label_definitions", default="Definitions, abbreviations"),
        row=tables.IDefinition,
        needs=("term",),
    )

    model.fieldset(
        "administrative",
        label=_("fieldset_administrative", default="Administrative procedure"),
        fields=[
            "administrative_procedures",
            "applicants",
            "requirements",
            "performing_body",
            "competent_body",
            "coordinating_body",
            "reception",
            "outcomes",
        ],
    )
    administrative_procedures = Rows(
        title=_("label_administrative_procedures", default="Administrative procedures"),
        description=_(
            "help_administrative_procedures",
            default="What the procedure carries out, as announced. The national portal prevails.",
        ),
        row=tables.IAdministrativeProcedure,
        needs=("name",),
    )
    directives.widget("applicants", rows=3)
    applicants = _text(_("label_applicants", default="Applicants"))
    requirements = _text(_("label_requirements", default="Requirements, conditions"))
    directives.widget("performing_body", rows=3)
    performing_body = _text(_("label_performing_body", default="Performing body"))
    directives.widget("competent_body", rows=2)
    competent_body = _text(_("label_competent_body", default="Competent body"))
    directives.widget("coordinating_body", rows=2)
    coordinating_body = _text(_("label_coordinating_body", default="Coordinating body"))
    directives.widget("reception", rows=3)
    reception = _text(_("label_reception", default="Place of reception and return"))
    outcomes = Lines(
        title=_("label_outcomes", default="Outcome"),
        description=_("help_one_per_line", default="One per line"),
        required=False,
        default=[],
    )

    model.fieldset(
        "dossier",
        label=_("fieldset_dossier", default="Dossier"),
        fields=[
            "dossier",
            "dossier_sets",
            "application_forms",
            "channels",
            "submission",
            "applicant_sequence",
        ],
    )
    dossier = Rows(
        title=_("label_dossier", default="Components of the dossier"),
        row=tables.IPaper,
        needs=("text",),
    )
    dossier_sets = schema.TextLine(
        title=_("label_dossier_sets", default="Number of sets"), required=False, default=""
    )
    application_forms = Rows(
        title=_("label_application_forms", default="Application forms"),
        row=tables.IApplicationForm,
        needs=("name",),
    )
    channels = Rows(
        title=_("label_channels", default="Ways of submission"),
        row=tables.IChannel,
    )
    submission = _text(_("label_submission", default="More about submission"))
    applicant_sequence = _text(
        _("label_applicant_sequence", default="What the applicant does"),
        _(
            "help_applicant_sequence",
            default="The sequence for the applicant, apart from the steps inside the agency.",
        ),
    )

    model.fieldset(
        "steps",
        label=_("fieldset_steps", default="Time and steps"),
        fields=["time_limit_text", "scenarios", "steps", "step_notes"],
    )
    directives.widget("time_limit_text", rows=3)
    time_limit_text = _text(_("label_time_limit", default="Time limit"))
    scenarios = Rows(
        title=_("label_scenarios", default="Cases and their limits"),
        description=_(
            "help_scenarios",
            default="One row per time column of the steps. A plain day counts every day; a "
            "working day does not.",
        ),
        row=tables.IScenario,
    )
    steps = Rows(
        title=_("label_steps", default="Steps"),
        description=_("help_steps", default="They are numbered when they are shown."),
        row=tables.IStep,
        needs=("title",),
        generated=("number", "durations"),
    )
    step_notes = _text(_("label_step_notes", default="Note under the steps"))

    model.fieldset(
        "fees",
        label=_("fieldset_fees", default="Fees"),
        fields=["fees_text", "fees", "fee_exemptions", "fee_basis"],
    )
    fees_text = _text(
        _("label_fees_text", default="Fees in words"),
        _("help_fees_text", default="For what the table cannot say."),
    )
    fees = Rows(
        title=_("label_fees", default="Fees"),
        description=_(
            "help_fees", default="A fee past its last day is no longer shown as what is due."
        ),
        row=tables.IFee,
        needs=("amount",),
    )
    directives.widget("fee_exemptions", rows=3)
    fee_exemptions = _text(_("label_fee_exemptions", default="Exemptions and reductions"))
    directives.widget("fee_basis", rows=3)
    fee_basis = _text(_("label_fee_basis", default="Legal basis of the fees"))

    model.fieldset(
        "legal_bases",
        label=_("fieldset_legal_bases", default="Legal bases"),
        fields=["legal_bases"],
    )
    legal_bases = Rows(
        title=_("label_legal_bases", default="Legal bases"),
        row=tables.ILegalBasis,
        needs=("text",),
    )

    model.fieldset(
        "records",
        label=_("fieldset_records", default="Forms and records"),
        fields=["forms", "records"],
    )
    forms = Rows(title=_("label_forms", default="Forms"), row=tables.IForm, needs=("name",))
    records = Rows(
        title=_("label_records", default="Records to keep"),
        row=tables.IRecord,
        needs=("name",),
    )

    @invariant
    def fees_end_after_they_begin(data: Any) -> None:
        """Refuse a fee whose last day lies before its first."""
        for number, fee in enumerate(data.fees or [], 1):
            first, last = fee.get("valid_from"), fee.get("valid_to")
            if first and last and last < first:
                raise InvalidInput(
                    _(
                        "error_fee_interval",
                        default="Fees, row ${number}: the last day lies before the first.",
                        mapping={"number": number},
                    )
                )


alsoProvides(IProcedureContent["steps"], IStepRows)
