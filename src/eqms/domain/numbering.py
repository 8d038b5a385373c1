"""The two numbers on the cover: lần ban hành (issue) and lần sửa đổi (amendment).

A document is first issued as 01/00. An amendment (sửa đổi) counts the second number; issuing it
anew (ban hành lại) counts the first and sets the second back to 00. Histories on paper have gaps
and go backwards; nothing here asks a sequence of numbers to rise.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from typing import Self
import re


_WRITTEN: Final = re.compile(r"\s*([0-9]{1,3})\s*(?:/\s*([0-9]{1,3})\s*)?")


class InvalidPaperNumber(ValueError):
    """The text or the numbers cannot be an issue and an amendment number."""


class Change(StrEnum):
    """How a revision follows the one before it on paper."""

    REISSUE = "reissue"
    AMENDMENT = "amendment"


@dataclass(frozen=True)
class PaperNumber:
    """Issue and amendment number, each 0 or more, as they stand on the cover.

    Raises InvalidPaperNumber for a negative number.
    """

    issue: int
    amendment: int = 0

    def __post_init__(self) -> None:
        if self.issue < 0 or self.amendment < 0:
            raise InvalidPaperNumber(
                f"issue and amendment numbers are not negative: {self.issue}/{self.amendment}"
            )

    def __str__(self) -> str:
        return f"{self.issue:02}/{self.amendment:02}"

    @classmethod
    def first(cls) -> Self:
        """The number of a document issued for the first time: 01/00."""
        return cls(1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``01``, ``2`` (no amendment) or ``01/02``; raises InvalidPaperNumber."""
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise InvalidPaperNumber(f"neither an issue number nor issue/amendment: {text!r}")
        return cls(int(found[1]), int(found[2] or 0))

    def reissued(self) -> Self:
        """The number after issuing anew (ban hành lại)."""
        return type(self)(self.issue + 1)

    def amended(self) -> Self:
        """The number after an amendment (sửa đổi)."""
        return type(self)(self.issue, self.amendment + 1)


def next_number(current: PaperNumber | None, change: str, issues_only: bool) -> PaperNumber:
    """The number of the revision that follows ``current``; 01/00 if none came before.

    ``change`` is a `Change` or its value; raises ValueError for anything else. In an agency that
    counts issues only, an amendment is a new issue too.
    """
    reissue = Change(change) is Change.REISSUE
    if current is None:
        return PaperNumber.first()
    if issues_only or reissue:
        return current.reissued()
    return current.amended()
