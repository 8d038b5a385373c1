"""A revision as a Word file, from the template of its agency or the one that eqms brings."""

from collections.abc import Iterator
from contextlib import contextmanager
from docxtpl import DocxTemplate
from eqms import _
from eqms.agencies.lookup import agency_of
from eqms.documents.errors import conflict
from eqms.documents.htmltext import html_lines
from eqms.documents.indexers import is_unconfirmed
from eqms.documents.workflow import state_of
from eqms.domain.stamps import across
from eqms.domain.stamps import below
from eqms.exchange.word.errors import UnreadableFile
from eqms.exchange.word.package import checked_package
from eqms.printing.pages import TEMPLATES
from eqms.printing.procedure import NOTHING
from eqms.printing.procedure import procedure_facts
from eqms.printing.sandbox import ForbiddenTemplate
from eqms.printing.sandbox import plain
from eqms.printing.sandbox import TemplateLanguage
from eqms.printing.sheet import amendment_sheet
from eqms.printing.sheet import applies_to
from eqms.printing.sheet import control_block
from eqms.printing.sheet import signature_table
from eqms.procedures.content import IProcedureContent
from io import BytesIO
from jinja2 import TemplateError
from typing import Any
from typing import Final


MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

OURS: Final = TEMPLATES / "revision.docx"
"""Made by ``scripts/word_template.py``."""

MEGABYTE: Final = 1024 * 1024
LARGEST: Final = 2 * MEGABYTE

ALWAYS: Final = frozenset(
    {"block", "stamp", "signatures", "amendments", "applies_to", "text", "is_procedure"}
)
NAMES: Final = ALWAYS | NOTHING.keys()
"""What a template may put in; docs/user.md lists them."""


def word_of(revision: Any) -> bytes:
    """The revision in the layout of its agency.

    :raises Conflict: if the template cannot be filled, with the reason
    """
    own = getattr(agency_of(revision), "docx_template", None)
    source = own.data if own is not None else OURS.read_bytes()
    with _explained():
        return filled(source, facts(revision))


def facts(revision: Any) -> dict[str, Any]:
    """Everything a template may put in, by name."""
    is_procedure = IProcedureContent.providedBy(revision)
    value = revision.text
    return {
        "block": control_block(revision),
        "stamp": {
            "across": across(state_of(revision), is_unconfirmed(revision)),
            "below": below(controlled=False),
        },
        "signatures": signature_table(revision),
        "amendments": amendment_sheet(revision),
        "applies_to": applies_to(revision),
        "text": html_lines(value.output_relative_to(revision)) if value is not None else "",
        "is_procedure": is_procedure,
        **(procedure_facts(revision) if is_procedure else NOTHING),
    }


def filled(source: bytes, values: dict[str, Any]) -> bytes:
    """A template with its values put in.

    :raises UnreadableFile: if it is no Word file, or none that is safe to unpack
    :raises jinja2.TemplateError: if it asks for what it may not, or for what there is not
    """
    template = DocxTemplate(checked_package(source))
    template.render(plain(values), TemplateLanguage(), autoescape=True)
    stream = BytesIO()
    template.save(stream)
    return stream.getvalue()


def unknown_names(source: bytes) -> list[str]:
    """What a template wants to put in that does not exist.

    :raises UnreadableFile: if it is no Word file, or none that is safe to unpack
    :raises jinja2.TemplateError: if it asks for what templates may not
    """
    template = DocxTemplate(checked_package(source))
    asked = template.get_undeclared_template_variables(TemplateLanguage())
    return sorted(asked - NAMES)


@contextmanager
def _explained() -> Iterator[None]:
    """Turn what stands against a template into a refusal with the reason."""
    try:
        yield
    except ForbiddenTemplate as error:
        raise conflict(error.explanation) from error
    except (UnreadableFile, TemplateError, TypeError) as error:
        raise conflict(
            _(
                "error_template_unusable",
                default="The Word template of the agency cannot be used: ${reason}",
                mapping={"reason": str(error)},
            )
        ) from error
