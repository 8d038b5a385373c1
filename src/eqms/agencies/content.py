"""Schemas and classes of agencies and units."""

from collective.z3cform.datagridfield.datagridfield import DataGridFieldFactory
from collective.z3cform.datagridfield.row import DictRow
from eqms import _
from eqms.agencies.vocabularies import BLOCKS
from eqms.agencies.vocabularies import ISSUE_MODES
from eqms.agencies.vocabularies import PEOPLE
from eqms.agencies.vocabularies import RANKS
from eqms.agencies.vocabularies import TIERS
from eqms.domain.codes import InvalidCode
from eqms.domain.codes import validate
from plone.app.z3cform.widgets.select import AjaxSelectFieldWidget
from plone.autoform import directives
from plone.dexterity.content import Container
from plone.dexterity.content import Item
from plone.supermodel import model
from zope import schema
from zope.i18nmessageid import Message
from zope.interface import implementer
from zope.interface import Interface
from zope.schema.interfaces import ValidationError


class NoCode(ValidationError):
    """The text cannot be a code; says what one is, by form and by REST."""

    def doc(self) -> Message:
        """The message."""
        return self.args[0]


def is_code(value: str) -> bool:
    """Constraint of a code field.

    :raises NoCode: if the text cannot be a code
    """
    try:
        validate(value)
    except InvalidCode as error:
        raise NoCode(
            _(
                "error_not_a_code",
                default="“${code}” cannot be a code. A code has 1 to 60 characters: letters, "
                "digits, spaces and . / - _ ( ), with a letter or digit among them.",
                mapping={"code": value},
            )
        ) from error
    return True


class ILeaderRow(Interface):
    """A post of the agency and who holds it."""

    person = schema.Choice(
        title=_("label_leader_person", default="Person"), vocabulary=PEOPLE, required=False
    )
    title = schema.TextLine(
        title=_("label_leader_title", default="Title as printed"),
        description=_("help_leader_title", default="For example Phó Giám đốc."),
        required=False,
        default="",
    )
    rank = schema.Choice(
        title=_("label_leader_rank", default="Rank"), vocabulary=RANKS, default="other"
    )
    fields = schema.TextLine(
        title=_("label_leader_fields", default="Fields in charge"),
        description=_("help_leader_fields", default="Their letters, for example HT, CT."),
        required=False,
        default="",
    )


class IAgency(model.Schema):
    """A state agency that issues documents of the quality management system."""

    code = schema.TextLine(
        title=_("label_agency_code", default="Agency code"),
        description=_(
            "help_agency_code",
            default="Short and unique, for example STP. It names the agency's groups and may "
            "stand in document codes.",
        ),
        constraint=is_code,
        max_length=30,
    )
    tier = schema.Choice(
        title=_("label_tier", default="Tier"),
        vocabulary=TIERS,
        default="province",
    )
    block = schema.Choice(
        title=_("label_block", default="Block"),
        description=_("help_block", default="The group in which the programme counts this agency."),
        vocabulary=BLOCKS,
        required=False,
    )
    issues_only = schema.Bool(
        title=_("label_issues_only", default="Number by issue only"),
        description=_(
            "help_issues_only",
            default="Every change makes a new issue (lần ban hành); the agency keeps no "
            "amendment numbers.",
        ),
        default=False,
        required=False,
    )
    code_patterns = schema.Dict(
        title=_("label_code_patterns", default="Code patterns"),
        description=_(
            "help_code_patterns",
            default="Per document type, for example Procedure: QT {seq:02}/{level}-{field}. "
            "Types left out use the pattern of the site.",
        ),
        key_type=schema.TextLine(title=_("label_document_type", default="Document type")),
        value_type=schema.TextLine(title=_("label_pattern", default="Pattern")),
        required=False,
        default={},
    )

    model.fieldset(
        "leaders",
        label=_("fieldset_leaders", default="Leaders"),
        fields=["collective", "leaders"],
    )
    collective = schema.TextLine(
        title=_("label_collective", default="Collective body"),
        description=_(
            "help_collective",
            default="If decisions are signed on behalf of one, for example Ủy ban nhân dân "
            "(printed TM. ỦY BAN NHÂN DÂN).",
        ),
        required=False,
        default="",
    )
    directives.widget("leaders", DataGridFieldFactory)
    leaders = schema.List(
        title=_("label_leaders", default="Posts"),
        description=_(
            "help_leaders",
            default="Head, deputies and others whose title is printed with their signature. "
            "Routes find the head and the leader in charge of a field here.",
        ),
        value_type=DictRow(title="row", schema=ILeaderRow),
        required=False,
        default=[],
    )

    model.fieldset(
        "issuing",
        label=_("fieldset_issuing", default="Issue"),
        fields=["issue_mode", "issue_modes", "superior", "seat"],
    )
    issue_mode = schema.Choice(
        title=_("label_issue_mode", default="Approved revisions"),
        description=_("help_issue_mode", default="Empty: as the site says."),
        vocabulary=ISSUE_MODES,
        required=False,
    )
    issue_modes = schema.Dict(
        title=_("label_issue_modes", default="Other for these document types"),
        key_type=schema.TextLine(title=_("label_document_type", default="Document type")),
        value_type=schema.Choice(
            title=_("label_issue_mode", default="Approved revisions"), vocabulary=ISSUE_MODES
        ),
        required=False,
        default={},
    )
    superior = schema.TextLine(
        title=_("label_superior", default="Superior agency"),
        description=_(
            "help_superior",
            default="As it stands above the name of the agency on its decisions; may be empty.",
        ),
        required=False,
        default="",
    )
    seat = schema.TextLine(
        title=_("label_seat", default="Place"),
        description=_("help_seat", default="As it stands before the date of decisions."),
        required=False,
        default="",
    )


class IUnit(model.Schema):
    """A unit (phòng, ban) of an agency."""

    code = schema.TextLine(
        title=_("label_unit_code", default="Unit code"),
        constraint=is_code,
        max_length=30,
        required=False,
    )
    directives.widget("head", AjaxSelectFieldWidget, vocabulary="plone.app.vocabularies.Users")
    head = schema.Choice(
        title=_("label_unit_head", default="Head of the unit"),
        vocabulary="plone.app.vocabularies.Users",
        required=False,
    )


@implementer(IAgency)
class Agency(Container):
    """Folder of an agency: its units and its controlled documents."""


@implementer(IUnit)
class Unit(Item):
    """A unit below its agency."""
