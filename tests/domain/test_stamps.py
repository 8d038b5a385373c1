from eqms.domain.revisions import State
from eqms.domain.stamps import across
from eqms.domain.stamps import below
import pytest


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.DRAFT, "DỰ THẢO"),
        (State.IN_REVIEW, "DỰ THẢO"),
        (State.IN_APPROVAL, "DỰ THẢO"),
        (State.APPROVED, "CHƯA CÓ HIỆU LỰC"),
        (State.IN_FORCE, ""),
        (State.SUPERSEDED, "HẾT HIỆU LỰC"),
        (State.OBSOLETE, "HẾT HIỆU LỰC"),
        (State.SUSPENDED, "TẠM NGỪNG ÁP DỤNG"),
    ],
)
def test_the_state_stands_across_the_page(state, words):
    assert across(state) == words


@pytest.mark.parametrize("state", [state for state in State if state is not State.IN_FORCE])
def test_every_state_but_in_force_has_a_stamp(state):
    assert across(state)


def test_what_nobody_confirmed_says_so_unless_its_state_says_more():
    assert across(State.IN_FORCE, unconfirmed=True) == "DỮ LIỆU NẠP, CHƯA XÁC NHẬN"
    assert across(State.SUPERSEDED, unconfirmed=True) == "HẾT HIỆU LỰC"


def test_a_print_is_uncontrolled_unless_the_controller_made_it():
    assert below(controlled=False) == "BẢN IN KHÔNG KIỂM SOÁT"
    assert below(controlled=True) == "BẢN KIỂM SOÁT"
