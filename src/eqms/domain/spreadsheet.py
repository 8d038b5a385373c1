"""Tables as CSV that a spreadsheet opens as it is, and that it never takes for a program."""

from collections.abc import Iterable
from datetime import date
from typing import Final
import csv
import io


# Also in full width, which some spreadsheets read as the usual signs.
_STARTS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

_BYTE_ORDER_MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"


def as_csv(rows: Iterable[Iterable[str | int | date | None]]) -> bytes:
    """Rows as CSV in UTF-8, with the mark by which spreadsheets know it (RFC 4180).

    Days are written as in ISO 8601, which no spreadsheet takes for another day. A text that a
    spreadsheet would compute gets an apostrophe in front (OWASP: CSV injection).
    """
    text = io.StringIO(newline="")
    text.write(_BYTE_ORDER_MARK)
    csv.writer(text).writerows([_written(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8")


def _written(cell: str | int | date | None) -> str:
    if isinstance(cell, date):
        return cell.isoformat()
    return harmless(cell) if isinstance(cell, str) else "" if cell is None else str(cell)


def harmless(text: str) -> str:
    """``text`` as a cell that is shown and not computed."""
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS_FORMULA) else text
