"""The checks of procedures, asked of a revision."""

from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from eqms.documents.dates import site_zone
from eqms.documents.htmltext import html_lines
from eqms.domain import clock
from eqms.domain import procedure_checks as checks
from eqms.domain.durations import Duration
from eqms.domain.durations import parse_quantity
from eqms.domain.procedure_checks import Finding
from eqms.procedures.beside import findings_beside
from eqms.procedures.content import IProcedureContent
from eqms.procedures.fields import ILines
from eqms.procedures.rows import IRows
from eqms.procedures.steps import durations
from typing import Any
from zope.schema import getFieldsInOrder


Row = Mapping[str, Any]


def findings_today(revision: Any) -> list[Finding]:
    """What the checks find in a revision on this day, with what only the site knows."""
    day = clock.today(site_zone())
    own = [finding for finding in lasting_findings(revision) if finding.holds_on(day)]
    return [*own, *findings_beside(revision)]


def lasting_findings(revision: Any) -> list[Finding]:
    """What the revision itself gives away, also what will be a finding on a later day."""
    return checks.check(content_of(revision))


def content_of(revision: Any) -> checks.Content:
    """What a revision says, as the checks read it."""
    scenarios = revision.scenarios or []
    text = html_lines(revision.text.raw or "") if revision.text else ""
    return checks.Content(
        title=revision.title or "",
        issue_no=revision.issue_no,
        amendment_no=revision.amendment_no,
        amendments=[
            checks.Amendment(_at(row, "number"), _at(row, "summary"), _at(row, "ground"))
            for row in revision.amendments or []
        ],
        definitions=[
            checks.Definition(_at(row, "term"), _at(row, "meaning"))
            for row in revision.definitions or []
        ],
        cases=[checks.Case(_at(row, "label"), _limit(row)) for row in scenarios],
        steps=[_step(row, scenarios) for row in revision.steps or []],
        records=[
            checks.Record(_at(row, "name"), _at(row, "keeper"), _at(row, "retention"))
            for row in revision.records or []
        ],
        fees_until=[_day(row.get("valid_to")) for row in revision.fees or []],
        annexes=[*text.splitlines(), *(part.title or "" for part in revision.objectValues())],
        texts={**_texts(revision), "text": [text]},
    )


def _texts(revision: Any) -> dict[str, Sequence[str]]:
    texts: dict[str, Sequence[str]] = {}
    for name, field in getFieldsInOrder(IProcedureContent):
        value = getattr(revision, name, None)
        if IRows.providedBy(field):
            texts[name] = [_words(row) for row in value or []]
        elif ILines.providedBy(field):
            texts[name] = list(value or [])
        else:
            texts[name] = [value or ""]
    return texts


def _words(row: Row) -> str:
    return "\n".join(value for value in row.values() if isinstance(value, str))


def _step(row: Row, scenarios: Sequence[Row]) -> checks.Step:
    understood = durations(row, scenarios)
    times = [*(row.get("times") or []), *[""] * len(understood)][: len(understood)]
    return checks.Step(
        title=_at(row, "title"),
        responsible=_at(row, "responsible"),
        times=tuple(times),
        durations=tuple(understood),
        table=_at(row, "case"),
    )


def _limit(scenario: Row) -> Duration | None:
    value = parse_quantity(_at(scenario, "value"))
    return None if value is None else Duration(value, scenario.get("unit") or "working_day", "")


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _at(row: Row, name: str) -> str:
    return row.get(name) or ""
