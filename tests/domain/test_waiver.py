"""Decisions that relax separation of duties: when they hold, and what they must say."""

from dataclasses import replace
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eqms.domain import waiver
from eqms.domain.route import Waived
from eqms.domain.waiver import Waiver
from eqms.domain.waiver import WaiverProblem
import pytest


TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, tzinfo=UTC)
PLAIN = Waiver(
    id="1",
    rule=Waived.AUTHOR_REVIEWS,
    number="12/QĐ-UBND",
    decided_on=TODAY - timedelta(3),
    reference="Lưu: VT",
    start=TODAY,
    end=TODAY + timedelta(30),
    recorded_by="controller",
    recorded_at=NOW,
)


def test_it_holds_once_confirmed_and_on_its_days() -> None:
    confirmed = PLAIN.confirmed("head", "Nguyễn Văn A", NOW)
    assert not PLAIN.holds(TODAY)
    assert confirmed.holds(TODAY)
    assert confirmed.holds(TODAY + timedelta(30))
    assert not confirmed.holds(TODAY + timedelta(31))
    assert not confirmed.holds(TODAY - timedelta(1))
    assert not replace(confirmed, ended_on=TODAY - timedelta(1)).holds(TODAY)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, None),
        ({"number": " "}, WaiverProblem.NUMBER),
        ({"reference": ""}, WaiverProblem.REFERENCE),
        ({"end": TODAY - timedelta(1)}, WaiverProblem.DATES),
        ({"start": TODAY - timedelta(9), "end": TODAY - timedelta(1)}, WaiverProblem.DATES),
        ({"decided_on": TODAY + timedelta(1)}, WaiverProblem.DECIDED_LATER),
        ({"start": TODAY - timedelta(4)}, WaiverProblem.DECIDED_LATER),
        ({"end": TODAY + timedelta(367)}, WaiverProblem.TOO_LONG),
    ],
)
def test_what_it_must_say(changed: dict[str, object], expected: WaiverProblem | None) -> None:
    assert waiver.problem(replace(PLAIN, **changed), TODAY) is expected  # type: ignore[arg-type]
