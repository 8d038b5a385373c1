from eqms.domain.revisions import State
from eqms.domain.validity import question
from eqms.domain.validity import same_hash
from eqms.domain.validity import Validity
from eqms.domain.validity import validity_of
import pytest


HASH = "0123456789abcdef" * 4


def test_what_the_code_asks():
    assert question("u" * 32, 3, HASH) == f"uid={'u' * 32}&revision=3&hash=01234567"


@pytest.mark.parametrize(
    ("asked", "known", "same"),
    [
        ("", HASH, True),
        ("", None, True),
        ("01234567", HASH, True),
        ("0123456F", HASH, False),
        ("0123ABCD", "0123abcd" * 8, True),
        ("0123", HASH, False),
        (HASH, HASH, False),
        ("01234567", None, False),
        ("đ1234567", HASH, False),
    ],
)
def test_only_all_eight_characters_are_the_same(asked, known, same):
    assert same_hash(asked, known) is same


@pytest.mark.parametrize("state", State)
def test_only_what_is_in_force_is_valid(state):
    assert (validity_of(state) is Validity.IN_FORCE) is (state is State.IN_FORCE)
