"""Whether a procedure agrees with itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from eqms.domain.durations import Duration
from eqms.domain.durations import total_against


@dataclass(frozen=True, slots=True)
class Overrun:
    """The steps of a case take longer, in all, than its time limit allows.

    ``scenario`` is the position of the case, ``total`` the sum in the unit of the ``limit``.
    """

    scenario: int
    total: Decimal
    limit: Duration


def overruns(
    limits: Sequence[Duration | None], steps: Sequence[Sequence[Duration | None]]
) -> list[Overrun]:
    """Cases whose steps exceed the limit; to stay below it is allowed.

    :param limits: of the cases; None where none is stated
    :param steps: times of each step in the order of the cases; None where a step has none of its
        own, or one that is not understood

    A case whose steps are stated in units that cannot be held against its limit is left out.
    """
    found = []
    for scenario, limit in enumerate(limits):
        if limit is None:
            continue
        times = [step[scenario] for step in steps if scenario < len(step)]
        total = total_against([time for time in times if time is not None], limit.unit)
        if total is not None and total > limit.value:
            found.append(Overrun(scenario, total, limit))
    return found
