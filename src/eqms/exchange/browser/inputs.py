"""What was read of a file as simple inputs, and what a person sent back as corrections."""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from eqms import _
from eqms.exchange.corrections import DAYS
from eqms.procedures.content import IProcedureContent
from eqms.procedures.rows import IRows
from typing import Any
from typing import Final
from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.schema.interfaces import IBool
from zope.schema.interfaces import IChoice
from zope.schema.interfaces import IField
from zope.schema.interfaces import IList
from zope.schema.interfaces import IText
from zope.schema.interfaces import ITextLine
import re


IDENTITY: Final = {
    "code": _("label_code", default="Code"),
    "title": _("label_title", default="Title"),
    "issue_no": _("label_issue_no", default="Issue number"),
    "amendment_no": _("label_amendment_no", default="Amendment number"),
    "issued_on": _("label_issued_on", default="Issued on"),
    "effective_on": _("label_in_force_since", default="In force since"),
}
"""What the control block says."""

NUMBERS: Final = frozenset({"issue_no", "amendment_no"})

GROUPS: Final = (
    (_("fieldset_steps", default="Time and steps"), ("scenarios", "steps", "time_limit_text")),
    (_("fieldset_records", default="Forms and records"), ("records", "forms")),
    (
        _("fieldset_dossier", default="Dossier"),
        ("dossier", "dossier_sets", "application_forms", "submission", "applicant_sequence"),
    ),
    (_("fieldset_fees", default="Fees"), ("fees", "fees_text", "fee_exemptions")),
    (_("fieldset_legal_bases", default="Legal bases"), ("legal_bases",)),
    (
        _("fieldset_administrative", default="Administrative procedure"),
        (
            "applicants",
            "requirements",
            "performing_body",
            "competent_body",
            "coordinating_body",
            "reception",
            "outcomes",
        ),
    ),
    (
        _("fieldset_purpose", default="Purpose and scope"),
        ("purpose", "scope", "responsibilities", "references", "definitions", "step_notes"),
    ),
)
"""Fields of the procedure, the ones that matter most first."""

_HIDDEN: Final = frozenset({"document"})


@dataclass(frozen=True)
class Input:
    """One thing a person may put right.

    ``kind`` is ``line``, ``day``, ``number``, ``text``, ``choice``, ``flag`` or ``table``; the
    ``rows`` of a table are inputs, the last row being empty.
    """

    name: str
    label: Any
    kind: str
    value: str = ""
    corrected: bool = False
    options: Sequence[tuple[str, Any]] = ()
    columns: Sequence[Any] = ()
    rows: Sequence[Sequence["Input"]] = field(default_factory=tuple)


def identity_inputs(draft: Mapping[str, Any], corrected: Mapping[str, Any]) -> list[Input]:
    """The control block."""
    return [
        Input(
            name,
            label,
            "day" if name in DAYS else "number" if name in NUMBERS else "line",
            _shown(draft[name]),
            name in corrected,
        )
        for name, label in IDENTITY.items()
    ]


def groups(draft: Mapping[str, Any], corrected: Mapping[str, Any]) -> list[tuple[Any, list[Input]]]:
    """The fields of the procedure, in groups."""
    return [
        (title, [_input(name, draft[name], name in corrected) for name in names])
        for title, names in GROUPS
    ]


def changes(form: Mapping[str, Any], read: Mapping[str, Any]) -> dict[str, Any]:
    """What a form says other than what was read; ``None`` for what it says alike."""
    names = (*IDENTITY, *(name for _title, names in GROUPS for name in names))
    found: dict[str, Any] = {}
    for name in names:
        known = IProcedureContent.get(name)
        if known is not None and IRows.providedBy(known):
            sent, before = _rows(form, name, known, read[name]), known.cleaned(read[name])
        elif name not in form:
            continue
        elif known is not None and IList.providedBy(known):
            sent, before = _lines(form[name]), [line.strip() for line in read[name]]
        else:
            sent, before = _plain(form[name]), _plain(_shown(read[name]))
        found[name] = None if sent == before else _typed(name, sent)
    return found


def _typed(name: str, value: Any) -> Any:
    is_number = name in NUMBERS and isinstance(value, str) and value.isdecimal()
    return int(value) if is_number else value


def _input(name: str, value: Any, corrected: bool) -> Input:
    known = IProcedureContent[name]
    if not IRows.providedBy(known):
        kind = "line" if ITextLine.providedBy(known) else "text"
        return Input(name, known.title, kind, _shown(value), corrected)
    columns = _columns(known)
    rows = [*known.cleaned(value), {}]
    return Input(
        name,
        known.title,
        "table",
        corrected=corrected,
        columns=[column.title for _name, column in columns],
        rows=[
            [
                _cell(f"{name}.{number}.{key}", column, row.get(key, ""), number + 1)
                for key, column in columns
            ]
            for number, row in enumerate(rows)
        ],
    )


def _columns(table: Any) -> list[tuple[str, IField]]:
    return [(name, column) for name, column in table.columns() if name not in _HIDDEN]


def _cell(name: str, column: IField, value: Any, row: int) -> Input:
    """An input in a table; its label tells the row too, for those who do not see the table."""
    label = f"{_told(column.title)} {row}"
    if IChoice.providedBy(column):
        terms = column.bind(None).vocabulary
        options = [("", ""), *((term.value, term.title) for term in terms)]
        return Input(name, label, "choice", _shown(value), options=options)
    if IBool.providedBy(column):
        return Input(name, label, "flag", "1" if value else "")
    wide = IList.providedBy(column) or (IText.providedBy(column) and not _is_line(column))
    return Input(name, label, "text" if wide else "line", _shown(value))


def _is_line(column: IField) -> bool:
    return ITextLine.providedBy(column)


def _rows(
    form: Mapping[str, Any], name: str, table: Any, read: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The rows of a table as they were sent; what has no input is taken over as it was read."""
    key = re.compile(rf"{re.escape(name)}\.(\d+)\.")
    numbers = sorted({int(found[1]) for each in form if (found := key.match(each))})
    rows = []
    for number in numbers:
        row = dict(_sent(form, f"{name}.{number}", _columns(table)))
        if number < len(read) and any(row.values()):
            row |= {hidden: read[number][hidden] for hidden in _HIDDEN & read[number].keys()}
        rows.append(row)
    return list(table.cleaned(rows))


def _sent(
    form: Mapping[str, Any], prefix: str, columns: Sequence[tuple[str, IField]]
) -> Iterator[tuple[str, Any]]:
    for name, column in columns:
        text = form.get(f"{prefix}.{name}", "")
        if IBool.providedBy(column):
            yield name, bool(text)
        elif IList.providedBy(column):
            yield name, _lines(text, keep_empty=True)
        else:
            yield name, _plain(text)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _lines(text: str, *, keep_empty: bool = False) -> list[str]:
    """Lines; in a list of times an empty one keeps its place, unless nothing follows."""
    lines = [line.strip() for line in _plain(text).split("\n")] if text.strip() else []
    return lines if keep_empty else [line for line in lines if line]


def _told(message: Any) -> str:
    return str(translate(message, context=getRequest()))
