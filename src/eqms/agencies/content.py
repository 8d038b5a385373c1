"""Schemas and classes of agencies and units."""

from eqms import _
from eqms.agencies.vocabularies import BLOCKS
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
