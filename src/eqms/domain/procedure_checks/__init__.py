"""What a procedure may be wrong about; every check is a function of its content alone.

The checks look for what really goes wrong in the procedures of state agencies: times that do not
add up, what copying from another procedure leaves behind, texts and fees past their date.
"""

from collections.abc import Callable
from collections.abc import Iterator
from eqms.domain.procedure_checks.attachments import annexes_agree
from eqms.domain.procedure_checks.attachments import annexes_there
from eqms.domain.procedure_checks.attachments import forms_there
from eqms.domain.procedure_checks.fees import fees_past
from eqms.domain.procedure_checks.model import Amendment
from eqms.domain.procedure_checks.model import Case
from eqms.domain.procedure_checks.model import Content
from eqms.domain.procedure_checks.model import Definition
from eqms.domain.procedure_checks.model import Finding
from eqms.domain.procedure_checks.model import Place
from eqms.domain.procedure_checks.model import Record
from eqms.domain.procedure_checks.model import SEVERITIES
from eqms.domain.procedure_checks.model import Severity
from eqms.domain.procedure_checks.model import Step
from eqms.domain.procedure_checks.registers import records_of_others
from eqms.domain.procedure_checks.times import step_sums
from eqms.domain.procedure_checks.times import steps_complete
from eqms.domain.procedure_checks.times import steps_repeated
from eqms.domain.procedure_checks.times import times_for_groups
from eqms.domain.procedure_checks.wording import abbreviations_repeated
from eqms.domain.procedure_checks.wording import abbreviations_unused
from eqms.domain.procedure_checks.wording import amendments_kept
from eqms.domain.procedure_checks.wording import records_complete
from eqms.domain.procedure_checks.wording import sections_empty
from eqms.domain.procedure_checks.wording import stale_citations
from typing import Final


__all__ = [
    "SEVERITIES",
    "Amendment",
    "Case",
    "Content",
    "Definition",
    "Finding",
    "Place",
    "Record",
    "Severity",
    "Step",
    "check",
]

CHECKS: Final[tuple[Callable[[Content], Iterator[Finding]], ...]] = (
    step_sums,
    steps_complete,
    times_for_groups,
    steps_repeated,
    records_of_others,
    records_complete,
    abbreviations_repeated,
    abbreviations_unused,
    stale_citations,
    sections_empty,
    amendments_kept,
    annexes_there,
    annexes_agree,
    forms_there,
    fees_past,
)
"""Checks that need nothing but the procedure itself."""


def check(content: Content) -> list[Finding]:
    """Everything the procedure itself gives away, check by check."""
    return [finding for one in CHECKS for finding in one(content)]
