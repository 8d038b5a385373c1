"""English words of the reader of Word files as messages, to be shown in any language.

The reader needs no Plone and speaks English. What it says has an id, but places and some
parameters are words too; here they are known again.
"""

from collections.abc import Iterable
from eqms import _
from eqms.documents.errors import told
from eqms.domain.procedure_checks import Place
from eqms.procedures.content import IProcedureContent
from eqms.procedures.telling import place_of
from eqms.procedures.vocabularies import UNIT_TITLES
from typing import Any
from zope.i18nmessageid import Message
import re


Phrases = Iterable[tuple[re.Pattern[str], Message]]


def _phrases(*pairs: tuple[str, Message]) -> Phrases:
    return tuple((re.compile(pattern, re.DOTALL), message) for pattern, message in pairs)


PLACES = _phrases(
    (r"control block", _("place_control_block", default="control block")),
    (r"steps", _("place_steps", default="table of steps")),
    (
        r"table (?P<table>\d+), row (?P<row>\d+)",
        _("place_row", default="table ${table}, row ${row}"),
    ),
    (r"table (?P<table>\d+)", _("place_table", default="table ${table}")),
    (r"section (?P<section>\d.*)", _("place_section", default="section ${section}")),
    (
        r"(?:\w+ page )?header, part (?P<part>\d+) of the file",
        _("place_header", default="page header, part ${part} of the file"),
    ),
    (
        r"(?:\w+ page )?footer, part (?P<part>\d+) of the file",
        _("place_footer", default="page footer, part ${part} of the file"),
    ),
)

CASES = _phrases(
    (r" in the case “(?P<case>.*)”", _("phrase_case", default=" in the case “${case}”")),
)

KINDS = _phrases(
    (r"a PDF file", _("kind_pdf", default="a PDF file")),
    (r"an RTF file", _("kind_rtf", default="an RTF file")),
    (r"a picture", _("kind_picture", default="a picture")),
    (r"a zip archive", _("kind_zip", default="a zip archive")),
    (r"an old Office file", _("kind_old_office", default="an old Office file")),
    (r"another Office file", _("kind_other_office", default="another Office file")),
    (r"another kind of file", _("kind_other", default="another kind of file")),
    (r"a Word template .*", _("kind_template", default="a Word template (.dotx)")),
    (r"a document with macros .*", _("kind_macros", default="a document with macros (.docm)")),
    (r"a Strict Open XML document", _("kind_strict", default="a Strict Open XML document")),
)

REASONS = _phrases(
    (r"the archive is broken", _("reason_archive", default="the archive is broken")),
    (
        r"parts of the document are missing|the document has no body"
        r"|a page header or footer is missing",
        _("reason_parts", default="parts of the document are missing"),
    ),
    (r"(?P<part>.*) is not well-formed", _("reason_xml", default="${part} is not well-formed")),
    (r"more than (?P<count>\d+) parts", _("reason_count", default="more than ${count} parts")),
    (r"more than (?P<size>\d+) MB", _("reason_size", default="more than ${size} MB")),
    (
        r"(?P<part>.*) has more than (?P<size>\d+) MB",
        _("reason_part_size", default="${part} has more than ${size} MB"),
    ),
    (
        r"(?P<part>.*) grows more than (?P<ratio>\d+) times",
        _("reason_ratio", default="${part} grows more than ${ratio} times"),
    ),
)

_FIELD = re.compile(
    rf"(?P<field>{'|'.join(IProcedureContent.names())}|amendments|code|issued_on)"
    r"(?:, row (?P<row>\d+))?"
)

BY_PARAMETER = {"scenario": CASES, "kind": KINDS, "reason": REASONS}

FIELDS = {
    "sets": "dossier_sets",
    "time_limit": "time_limit_text",
    "competent": "competent_body",
    "performing": "performing_body",
    "coordinating": "coordinating_body",
    "fees": "fees_text",
    "legal": "legal_bases",
    "sequence": "applicant_sequence",
    "responsibility": "responsibilities",
}
"""Names of sections and items that the fields of procedures do not share."""

CONTENT = _("section_content", default="Content")


def place_told(place: str) -> Message | str:
    """A place in the file, to be translated; nothing for the whole of it."""
    if found := _FIELD.fullmatch(place):
        row = found["row"]
        return place_of(Place(found["field"], None if row is None else int(row) - 1))
    return "" if place == "document" else _told(place, PLACES)


def parameters_told(params: dict[str, Any]) -> dict[str, Any]:
    """Parameters of a finding, those that are words to be translated."""
    return {name: _parameter(name, value) for name, value in params.items()}


def _parameter(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name in BY_PARAMETER:
        return _told(value, BY_PARAMETER[name])
    if name in ("unit", "units"):
        return _listed(UNIT_TITLES.get(unit, unit) for unit in value.split(", "))
    if name in ("section", "sections", "item"):
        return _listed(_title(part) for part in value.split(", "))
    return value


def _listed(parts: Iterable[Message | str]) -> Message | str:
    """One part as it is, several in the language of the request.

    No message of a list could hold them: one must not stand in another one of its id.
    """
    first, *others = parts
    return ", ".join(map(told, (first, *others))) if others else first


def _told(text: str, phrases: Phrases) -> Message | str:
    for pattern, message in phrases:
        if found := pattern.fullmatch(text):
            return Message(message, mapping=found.groupdict())
    return text


def _title(name: str) -> Message | str:
    if name == "content":
        return CONTENT
    field = FIELDS.get(name, name)
    return IProcedureContent[field].title if field in IProcedureContent else name
