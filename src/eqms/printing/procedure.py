"""What is printed of a procedure: its items in words, in the customary order.

Unlike a page on the screen, paper is not made anew each day, so every fee stands on it with the
days from and until which it is valid.
"""

from collections.abc import Callable
from collections.abc import Mapping
from eqms.printing.sheet import LANGUAGE
from eqms.procedures.browser.wording import joined
from eqms.procedures.browser.wording import Wording
from eqms.procedures.content import IProcedureContent
from eqms.procedures.letters import letters
from eqms.procedures.steps import StepTable
from eqms.procedures.steps import tables
from eqms.procedures.vocabularies import ONLINE_LEVEL_TITLES
from types import MappingProxyType
from typing import Any
from typing import Final
from zope.globalrequest import getRequest
from zope.schema import getFieldsInOrder
from zope.schema.interfaces import IText


Row = Mapping[str, Any]

TEXTS: Final = tuple(
    name for name, field in getFieldsInOrder(IProcedureContent) if IText.providedBy(field)
)
"""Fields that are printed as they stand."""

LISTS: Final = (
    "references",
    "definitions",
    "administrative_procedures",
    "limits",
    "channels",
    "outcomes",
    "fees",
    "application_forms",
    "legal_bases",
    "step_tables",
    "forms",
    "records",
)

NOTHING: Final[Mapping[str, Any]] = MappingProxyType(
    dict.fromkeys(TEXTS, "")
    | {name: [] for name in LISTS}
    | {"letters": {}, "papers": {"submit": [], "present": [], "note": []}}
)
"""What `procedure_facts` says of what is no procedure."""


def procedure_facts(revision: Any) -> dict[str, Any]:
    """Everything a procedure says, as plain texts and lists of them."""
    wording = Wording(getRequest(), LANGUAGE)
    facts: dict[str, Any] = {name: getattr(revision, name, None) or "" for name in TEXTS}
    return facts | {
        "letters": {item: number.partition(".")[2] for item, number in letters(revision).items()},
        "references": list(revision.references or []),
        "definitions": [dict(row) for row in revision.definitions or []],
        "administrative_procedures": _rows(
            revision.administrative_procedures,
            name=lambda row: row.get("name") or "",
            aside=lambda row: joined(
                row.get("code"),
                wording.told(ONLINE_LEVEL_TITLES.get(row.get("online_level"), "")),
                row.get("decision"),
            ),
        ),
        "papers": {
            kind: [
                row.get("text") or ""
                for row in revision.dossier or []
                if (row.get("kind") or "submit") == kind
            ]
            for kind in ("submit", "present", "note")
        },
        "limits": _rows(
            revision.scenarios,
            label=lambda row: row.get("label") or "",
            limit=wording.limit,
            cut_off=lambda row: row.get("cut_off") or "",
        ),
        "channels": _rows(
            revision.channels,
            name=lambda row: wording.channel(row.get("channel")),
            aside=lambda row: joined(row.get("time"), row.get("fee"), row.get("note")),
        ),
        "outcomes": list(revision.outcomes or []),
        "fees": _rows(
            revision.fees,
            amount=wording.amount,
            aside=lambda row: joined(
                wording.channel(row.get("channel")),
                row.get("territory"),
                wording.validity(row),
                row.get("note"),
            ),
        ),
        "application_forms": _forms(revision.application_forms),
        "legal_bases": [row.get("text") or "" for row in revision.legal_bases or []],
        "step_tables": [
            _step_table(table, revision.scenarios or [], wording)
            for table in tables(revision.steps or [])
        ],
        "forms": _forms(revision.forms),
        "records": [dict(row) for row in revision.records or []],
    }


def _rows(rows: list[Row] | None, **columns: Callable[[Row], str]) -> list[dict[str, str]]:
    return [{name: words(row) for name, words in columns.items()} for row in rows or []]


def _forms(rows: list[Row] | None) -> list[dict[str, str]]:
    return _rows(
        rows, name=lambda row: row.get("name") or "", code=lambda row: row.get("code") or ""
    )


def _step_table(table: StepTable, scenarios: list[Row], wording: Wording) -> dict[str, Any]:
    cases = [scenarios[place] if place < len(scenarios) else {} for place in table.columns]
    return {
        "caption": table.caption,
        "heads": [
            {"label": case.get("label") or "", "limit": wording.limit(case)} for case in cases
        ],
        "has_output": any(step.get("output") for _number, step in table.steps),
        "steps": [
            {
                "number": str(number),
                "title": step.get("title") or "",
                "responsible": step.get("responsible") or "",
                "output": step.get("output") or "",
                "times": [_at(step.get("times") or [], place) for place in table.columns],
            }
            for number, step in table.steps
        ],
    }


def _at(texts: list[str], place: int) -> str:
    return texts[place] if place < len(texts) else ""
