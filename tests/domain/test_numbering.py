"""Issue and amendment numbers as on paper."""

from eqms.domain.numbering import Change
from eqms.domain.numbering import InvalidPaperNumber
from eqms.domain.numbering import next_number
from eqms.domain.numbering import PaperNumber
from hypothesis import given
from hypothesis import strategies as st
import pytest


NUMBERS = st.builds(PaperNumber, st.integers(0, 999), st.integers(0, 999))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("01", PaperNumber(1)),
        ("2", PaperNumber(2, 0)),
        ("01/02", PaperNumber(1, 2)),
        (" 1 / 10 ", PaperNumber(1, 10)),
        ("00", PaperNumber(0)),
    ],
)
def test_parse(text: str, number: PaperNumber) -> None:
    assert PaperNumber.parse(text) == number


@pytest.mark.parametrize("text", ["", "/", "1/", "/1", "-1", "1/2/3", "01.11/10/17", "một", "1000"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidPaperNumber):
        PaperNumber.parse(text)


@pytest.mark.parametrize(("issue", "amendment"), [(-1, 0), (1, -1)])
def test_negative_numbers_are_refused(issue: int, amendment: int) -> None:
    with pytest.raises(InvalidPaperNumber):
        PaperNumber(issue, amendment)


@given(NUMBERS)
def test_what_is_printed_can_be_read(number: PaperNumber) -> None:
    assert PaperNumber.parse(str(number)) == number


def test_two_digits() -> None:
    assert str(PaperNumber.first()) == "01/00"
    assert str(PaperNumber(12, 3)) == "12/03"


def test_reissue_sets_the_amendment_back() -> None:
    assert PaperNumber(1, 3).reissued() == PaperNumber(2, 0)
    assert PaperNumber(1, 3).amended() == PaperNumber(1, 4)


@pytest.mark.parametrize(
    ("change", "issues_only", "number"),
    [
        (Change.AMENDMENT, False, "02/02"),
        (Change.REISSUE, False, "03/00"),
        (Change.AMENDMENT, True, "03/00"),
        (Change.REISSUE, True, "03/00"),
    ],
)
def test_the_next_number(change: Change, issues_only: bool, number: str) -> None:
    assert str(next_number(PaperNumber(2, 1), change, issues_only)) == number
    assert str(next_number(PaperNumber(2, 1), change.value, issues_only)) == number
    assert next_number(None, change, issues_only) == PaperNumber.first()


def test_an_unknown_change_is_refused() -> None:
    with pytest.raises(ValueError, match="minor"):
        next_number(PaperNumber(2, 1), "minor", issues_only=True)
