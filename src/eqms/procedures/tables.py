"""Columns of the tables inside a procedure."""

from eqms import _
from eqms.procedures.fields import Amount
from eqms.procedures.fields import Day
from eqms.procedures.fields import Lines
from eqms.procedures.fields import Quantity
from eqms.procedures.fields import Territory
from eqms.procedures.fields import WebAddress
from eqms.procedures.vocabularies import CHANNEL_TITLES
from eqms.procedures.vocabularies import ONLINE_LEVEL_TITLES
from eqms.procedures.vocabularies import PAPER_TITLES
from eqms.procedures.vocabularies import UNIT_TITLES
from eqms.procedures.vocabularies import vocabulary
from plone.autoform import directives
from plone.supermodel import model
from zope import schema


class IAdministrativeProcedure(model.Schema):
    """An administrative procedure (thủ tục hành chính) that the procedure carries out."""

    code = schema.TextLine(
        title=_("label_tthc_code", default="TTHC code"), required=False, default=""
    )
    directives.widget("name", rows=2)
    name = schema.Text(title=_("label_tthc_name", default="Name"), required=False, default="")
    decision = schema.TextLine(
        title=_("label_tthc_decision", default="Announcing decision"), required=False, default=""
    )
    online_level = schema.Choice(
        title=_("label_online_level", default="Online level"),
        vocabulary=vocabulary(ONLINE_LEVEL_TITLES),
        required=False,
    )
    link = WebAddress(
        title=_("label_portal_link", default="Link to the national portal"), required=False
    )


class IDefinition(model.Schema):
    """A term or abbreviation."""

    term = schema.TextLine(title=_("label_term", default="Term"), required=False, default="")
    directives.widget("meaning", rows=1)
    meaning = schema.Text(title=_("label_meaning", default="Meaning"), required=False, default="")


class IPaper(model.Schema):
    """A component of the dossier (thành phần hồ sơ)."""

    directives.widget("text", rows=2)
    text = schema.Text(title=_("label_paper", default="Paper"), required=False, default="")
    kind = schema.Choice(
        title=_("label_paper_kind", default="Kind"),
        vocabulary=vocabulary(PAPER_TITLES),
        required=False,
        default="submit",
    )


class IChannel(model.Schema):
    """A way of submitting the dossier, where it differs in time or fee."""

    channel = schema.Choice(
        title=_("label_channel", default="Channel"),
        vocabulary=vocabulary(CHANNEL_TITLES),
        required=False,
        default="in_person",
    )
    time = schema.TextLine(title=_("label_time", default="Time"), required=False, default="")
    fee = schema.TextLine(title=_("label_fee", default="Fee"), required=False, default="")
    directives.widget("note", rows=1)
    note = schema.Text(title=_("label_note", default="Note"), required=False, default="")


class IScenario(model.Schema):
    """A case with a time limit of its own ("without verification", "with verification")."""

    label = schema.TextLine(title=_("label_scenario", default="Case"), required=False, default="")
    value = Quantity(title=_("label_value", default="Value"), required=False)
    unit = schema.Choice(
        title=_("label_unit_of_time", default="Unit"),
        vocabulary=vocabulary(UNIT_TITLES),
        required=False,
        default="working_day",
    )
    ceiling = schema.Bool(
        title=_("label_ceiling", default="Not more than"), required=False, default=False
    )
    cut_off = schema.TextLine(
        title=_("label_cut_off", default="Cut-off hour"),
        description=_("help_cut_off", default="For example 15:00"),
        required=False,
        default="",
    )
    basis = schema.TextLine(title=_("label_basis", default="Basis"), required=False, default="")


class IFee(model.Schema):
    """A fee or charge (phí, lệ phí) of a territory and a way of submission."""

    territory = Territory(
        title=_("label_territory", default="Territory"),
        description=_("help_territory", default="Empty: everywhere"),
        required=False,
        default="",
    )
    channel = schema.Choice(
        title=_("label_channel", default="Channel"),
        vocabulary=vocabulary(CHANNEL_TITLES),
        required=False,
    )
    amount = Amount(title=_("label_amount", default="Amount (đồng)"), required=False)
    unit = schema.TextLine(
        title=_("label_fee_unit", default="Per"),
        description=_("help_fee_unit", default="For example page, copy, case"),
        required=False,
        default="",
    )
    cap = Amount(title=_("label_cap", default="At most (đồng)"), required=False)
    valid_from = Day(title=_("label_valid_from", default="Valid from"), required=False)
    valid_to = Day(title=_("label_valid_to", default="Valid to"), required=False)
    note = schema.TextLine(title=_("label_note", default="Note"), required=False, default="")


class IApplicationForm(model.Schema):
    """A form the applicant fills in (mẫu đơn, tờ khai)."""

    directives.widget("name", rows=1)
    name = schema.Text(title=_("label_form_name", default="Form"), required=False, default="")
    code = schema.TextLine(title=_("label_code", default="Code"), required=False, default="")
    link = WebAddress(title=_("label_link", default="Link"), required=False)
    directives.mode(document="hidden")
    document = schema.TextLine(
        title=_("label_form_document", default="Document of the form (UID)"),
        required=False,
        default="",
    )


class ILegalBasis(model.Schema):
    """A legal text the procedure rests on (căn cứ pháp lý)."""

    directives.widget("text", rows=2)
    text = schema.Text(title=_("label_legal_text", default="As cited"), required=False, default="")
    kind = schema.TextLine(
        title=_("label_legal_kind", default="Kind"),
        description=_("help_legal_kind", default="For example Nghị định, Thông tư"),
        required=False,
        default="",
    )
    number = schema.TextLine(title=_("label_number", default="Number"), required=False, default="")
    issued_on = Day(title=_("label_dated", default="Date"), required=False)
    directives.widget("title", rows=2)
    title = schema.Text(title=_("label_about", default="About"), required=False, default="")


class IStep(model.Schema):
    """A work step (bước công việc): what, who, how long in each case, what comes out."""

    directives.widget("title", rows=4)
    title = schema.Text(title=_("label_step", default="What is done"), required=False, default="")
    directives.widget("responsible", rows=4)
    responsible = schema.Text(
        title=_("label_responsible", default="Who"), required=False, default=""
    )
    directives.widget("times", rows=4)
    times = Lines(
        title=_("label_times", default="Time"),
        description=_("help_times", default="One line per case, in the order of the cases"),
        required=False,
        default=[],
    )
    directives.widget("output", rows=4)
    output = schema.Text(
        title=_("label_output", default="Form or result"), required=False, default=""
    )
    case = schema.TextLine(
        title=_("label_step_case", default="Step table"),
        description=_("help_step_case", default="Only where there are several"),
        required=False,
        default="",
    )


class IForm(model.Schema):
    """A form of section 6 (biểu mẫu)."""

    directives.widget("name", rows=1)
    name = schema.Text(title=_("label_form_name", default="Form"), required=False, default="")
    code = schema.TextLine(title=_("label_code", default="Code"), required=False, default="")


class IRecord(model.Schema):
    """A record to keep (hồ sơ lưu)."""

    directives.widget("name", rows=2)
    name = schema.Text(title=_("label_record", default="Record"), required=False, default="")
    directives.widget("keeper", rows=2)
    keeper = schema.Text(
        title=_("label_keeper", default="Place or keeper"), required=False, default=""
    )
    retention = schema.TextLine(
        title=_("label_retention", default="Kept for"), required=False, default=""
    )
