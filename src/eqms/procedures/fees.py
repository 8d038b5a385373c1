"""Which fees are due on a day."""

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from typing import Any


Row = Mapping[str, Any]


@dataclass
class FeesOnDay:
    """Fees sorted by whether they are due: only ``current`` may be shown as what is to pay."""

    current: list[Row] = field(default_factory=list)
    coming: list[Row] = field(default_factory=list)
    past: list[Row] = field(default_factory=list)


def fees_on(fees: Sequence[Row], day: date) -> FeesOnDay:
    """Sort fees by a day; first and last day of a fee belong to it."""
    sorted_fees = FeesOnDay()
    iso = day.isoformat()
    for fee in fees:
        if fee.get("valid_to") and fee["valid_to"] < iso:
            sorted_fees.past.append(fee)
        elif fee.get("valid_from") and fee["valid_from"] > iso:
            sorted_fees.coming.append(fee)
        else:
            sorted_fees.current.append(fee)
    return sorted_fees
