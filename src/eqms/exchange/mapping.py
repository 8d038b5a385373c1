"""From what a Word file says to the fields of a revision, as REST would send them."""

from collections.abc import Sequence
from eqms.agencies.content import Agency
from eqms.documents.coding import pattern_of
from eqms.documents.vocabularies import FIELDS_RECORD
from eqms.documents.vocabularies import LEVELS_RECORD
from eqms.domain.durations import Duration
from eqms.domain.durations import format_duration
from eqms.domain.durations import parse_duration
from eqms.exchange.word import model
from eqms.exchange.word import ProcedureReading
from eqms.procedures.steps import numbered
from html import escape
from itertools import product
from plone import api
from typing import Any
import re


SAME = (*model.TEXTS, "references", "outcomes")
"""Fields that the reading and the revision have alike."""

GAP = "…"
"""Stands where a row lacks what names it, so that a person sees and fills it."""

_CEILING = re.compile(r"không quá|tối đa|chậm nhất", re.IGNORECASE)


def revision_fields(reading: ProcedureReading) -> dict[str, Any]:
    """Values for all fields of a ``ProcedureRevision`` that the file says something about.

    Title, field and level are left to the caller: they depend on more than the file.
    """
    return {
        **{name: getattr(reading, name) for name in SAME},
        "issue_no": 1 if reading.issue_no is None else reading.issue_no,
        "amendment_no": reading.amendment_no or 0,
        "amendments": [_row(row, "number", "summary", "ground") for row in reading.amendments],
        "definitions": [_row(row, "term", "meaning", needs="term") for row in reading.definitions],
        "dossier": [_row(row, "text", "kind") for row in reading.dossier],
        "dossier_sets": line(reading.dossier_sets),
        "application_forms": [{"name": name} for name in reading.application_forms],
        "scenarios": [_scenario(scenario) for scenario in reading.scenarios],
        "steps": _steps(reading.steps),
        "step_notes": "\n".join(reading.step_notes),
        "legal_bases": [_legal_basis(basis) for basis in reading.legal_bases],
        "fees": [_fee(fee) for fee in reading.fees],
        "fee_exemptions": "\n".join(reading.fee_exemptions),
        "forms": [{"name": name} for name in reading.forms],
        "records": [_record(record) for record in reading.records],
        "text": _other_text(reading),
    }


def field_and_level(agency: Agency, portal_type: str, code: str) -> tuple[str | None, str | None]:
    """Field and level whose letters stand in a code, by the pattern of the agency.

    ``QT 03/CX-HCTP`` by ``QT {seq:02}/{level}-{field}`` is of the field HCTP and the level CX.
    """
    pattern = pattern_of(agency, portal_type)
    known = [
        [None, *(api.portal.get_registry_record(record, default=None) or {})]
        for record in (FIELDS_RECORD, LEVELS_RECORD)
    ]
    for field, level in product(*known) if pattern is not None else ():
        values = {"agency": agency.code, "field": field, "level": level}
        if pattern.match(code, values) is not None:
            return field, level
    return None, None


def line(text: str) -> str:
    """A text as one line."""
    return " ".join(text.split())


def _row(item: Any, *names: str, needs: str = "") -> dict[str, Any]:
    """Columns of a table; a gap where a row has no name stays visible."""
    row = {name: getattr(item, name) for name in names}
    if needs and any(row.values()):
        row[needs] = row[needs] or GAP
    return row


def _scenario(scenario: model.Scenario) -> dict[str, Any]:
    limit = scenario.limit
    row = {"label": line(scenario.label), "basis": line(scenario.basis)}
    if limit is None:
        return row
    ceiling = bool(_CEILING.search(limit.text))
    return {**row, "value": f"{limit.value:f}", "unit": limit.unit, "ceiling": ceiling}


def _steps(steps: Sequence[model.Step]) -> list[dict[str, Any]]:
    numbers = [number for number, _row in numbered([{"case": step.case} for step in steps])]
    return [
        {
            "title": step.title or GAP,
            "responsible": _with_coordinating(step),
            "times": [
                _time(duration, None if other is None else numbers[other])
                for duration, other in zip(step.durations, step.timed_with, strict=True)
            ],
            "output": step.output,
            "case": line(step.case),
        }
        for step in steps
    ]


def _time(duration: Duration | None, counted_with: int | None) -> str:
    if duration is None:
        return "" if counted_with is None else f"Tính chung với bước {counted_with}"
    words = line(duration.text)
    stated = parse_duration(words)
    if stated is not None and (stated.value, stated.unit) == (duration.value, duration.unit):
        return words
    # The unit stood elsewhere: in the head of the column, or in a note under the table.
    return format_duration(duration.value, duration.unit)


def _with_coordinating(step: model.Step) -> str:
    if not step.coordinating:
        return step.responsible
    return f"{step.responsible}\nPhối hợp: {step.coordinating}".strip()


def _legal_basis(basis: model.LegalBasis) -> dict[str, Any]:
    return {
        "text": basis.text,
        "kind": basis.kind,
        "number": line(basis.number),
        "issued_on": basis.issued_on.isoformat() if basis.issued_on is not None else None,
        "title": basis.title,
    }


def _fee(fee: model.Fee) -> dict[str, Any]:
    return {
        "territory": fee.territory,
        "channel": fee.channel,
        "amount": fee.amount,
        "unit": fee.unit,
        "cap": fee.cap,
        "valid_to": fee.valid_to.isoformat() if fee.valid_to is not None else None,
        "note": fee.subject,
    }


def _record(record: model.Record) -> dict[str, Any]:
    row = _row(record, "name", "keeper", needs="name")
    return {**row, "retention": line(record.retention)}


def _other_text(reading: ProcedureReading) -> str | None:
    """What the file says outside its known items: loose text, and the annexes.

    Of forms only the titles: they are files of their own.
    """
    parts = [f"<p>{escape(text)}</p>" for text in reading.content_text.splitlines() if text]
    if reading.annexes:
        titles = "".join(f"<li>{escape(annex.title)}</li>" for annex in reading.annexes)
        parts.append(f"<h3>Phụ lục</h3><ul>{titles}</ul>")
    parts += [f"<h3>{escape(each.title)}</h3>{each.html}" for each in reading.annexes if each.html]
    return "".join(parts) or None
