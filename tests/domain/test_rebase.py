"""What holds when a draft goes on from a text that overtook it."""

from eqms.domain.rebase import amendment_rows
from eqms.domain.rebase import holds
from eqms.domain.rebase import Side
from eqms.domain.redline import Verdict
from eqms.domain.redline import verdict
from hypothesis import given
from hypothesis import strategies as st
import pytest


VALUES = st.sampled_from("abc")
ASKED = st.sampled_from([None, *Side])


@given(VALUES, VALUES, VALUES, ASKED)
def test_nothing_is_lost_unless_somebody_said_so(base, mine, theirs, asked):
    side = holds(verdict(base, mine, theirs), asked)
    if side is None:
        assert asked is None and len({base, mine, theirs}) == 3
        return
    result = mine if side is Side.MINE else theirs
    lost_theirs = theirs != base and result != theirs
    lost_mine = mine != base and result != mine
    assert not (lost_theirs or lost_mine) or asked is not None


@given(VALUES, VALUES, VALUES, st.sampled_from(Side))
def test_what_was_said_holds(base, mine, theirs, asked):
    assert holds(verdict(base, mine, theirs), asked) is asked


def test_what_both_changed_is_for_a_person():
    assert holds(Verdict.CONFLICT) is None


def row(number, summary):
    return {"number": number, "summary": summary, "ground": "NQ"}


class TestAmendmentSheet:
    first = row("01/01", "một")

    def test_own_rows_follow_theirs_under_the_new_number(self):
        rows = amendment_rows(
            [self.first],
            [self.first, row("01/02", "của tôi")],
            [self.first, row("01/02", "khẩn cấp")],
            ("01/02", "01/03"),
        )
        assert rows == [self.first, row("01/02", "khẩn cấp"), row("01/03", "của tôi")]

    def test_a_row_without_a_number_is_the_drafts_own(self):
        rows = amendment_rows([], [row("", "của tôi")], [], ("01/01", "01/02"))
        assert rows == [row("01/02", "của tôi")]

    def test_a_row_that_both_have_stands_once(self):
        rows = amendment_rows([], [row("01/00", "cũ")], [row("01/00", "cũ")], ("01/01", "01/02"))
        assert rows == [row("01/00", "cũ")]

    @given(*[st.lists(st.sampled_from([row("01/01", "a"), row("01/02", "b")]))] * 3)
    def test_no_text_is_lost(self, base, mine, theirs):
        rows = amendment_rows(base, mine, theirs, ("01/02", "01/03"))
        texts = {entry["summary"] for entry in rows}
        assert {entry["summary"] for entry in theirs} <= texts
        assert {entry["summary"] for entry in mine if entry not in base} <= texts


def test_a_side_is_named_as_rest_names_it():
    with pytest.raises(ValueError, match="neither"):
        Side("neither")
