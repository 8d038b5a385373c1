"""What an agency says about its prints."""

from eqms import _
from eqms.exchange.word.errors import UnreadableFile
from eqms.printing.sandbox import ForbiddenTemplate
from eqms.printing.word import LARGEST
from eqms.printing.word import MEGABYTE
from eqms.printing.word import unknown_names
from plone.autoform import directives
from plone.autoform.interfaces import IFormFieldProvider
from plone.namedfile.field import NamedBlobFile
from plone.supermodel import model
from typing import Any
from zope.i18nmessageid import Message
from zope.interface import provider
from zope.schema.interfaces import ValidationError


class NoTemplate(ValidationError):
    """The file cannot be a template; says why, by form and by REST."""

    def doc(self) -> Message:
        """The message."""
        return self.args[0]


def is_template(value: Any) -> bool:
    """Constraint of the template field.

    :raises NoTemplate: if the file is none, or asks for what templates may not
    """
    if value.getSize() > LARGEST:
        limit = {"limit": LARGEST // MEGABYTE}
        raise NoTemplate(
            _("error_template_size", default="At most ${limit} MB, please.", mapping=limit)
        )
    try:
        unknown = unknown_names(value.data)
    except ForbiddenTemplate as error:
        raise NoTemplate(error.explanation) from error
    except UnreadableFile as error:
        reason = {"reason": str(error)}
        raise NoTemplate(
            _("error_template_no_word", default="This is no Word file: ${reason}", mapping=reason)
        ) from error
    if unknown:
        raise NoTemplate(
            _(
                "error_template_names",
                default="The template asks for what there is not: ${names}",
                mapping={"names": ", ".join(unknown)},
            )
        )
    return True


@provider(IFormFieldProvider)
class IAgencyPrinting(model.Schema):
    """The template of an agency; schema of the behavior."""

    model.fieldset(
        "printing",
        label=_("fieldset_printing", default="Word template"),
        fields=["docx_template"],
    )
    directives.read_permission(docx_template="eqms.ViewTrail")
    docx_template = NamedBlobFile(
        title=_("label_docx_template", default="Template for Word files"),
        description=_(
            "help_docx_template",
            default="A Word file with fields like {{ block.title }}, in which revisions are "
            "exported. Without one, the layout of eqms is used.",
        ),
        constraint=is_template,
        required=False,
    )
