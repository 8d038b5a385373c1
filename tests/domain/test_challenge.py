"""Sealing and unsealing of challenges."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eqms.domain.challenge import Challenge
from eqms.domain.challenge import Forged
from eqms.domain.challenge import Item
from eqms.domain.challenge import seal
from eqms.domain.challenge import unseal
from hypothesis import given
from hypothesis import strategies as st
import pytest


KEY = b"k" * 32
OLD_KEY = b"o" * 32
NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
ITEM = Item("1f", "ab" * 32, "review", "review")
OTHER = Item("2f", "cd" * 32, "approval", "approval")
CHALLENGE = Challenge("reviewer", (ITEM, OTHER), "nonce", NOW)

texts = st.text("abcđế-09", max_size=8)
challenges = st.builds(
    Challenge,
    person=texts,
    items=st.lists(st.builds(Item, texts, texts, texts, texts), max_size=3).map(tuple),
    nonce=texts,
    expires=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
)


@given(challenges)
def test_what_was_sealed_is_unsealed(challenge):
    assert unseal(seal(challenge, KEY), [OLD_KEY, KEY]) == challenge


@given(st.integers(min_value=0), st.integers(1, 255))
def test_a_changed_token_is_forged(place, flip):
    token = bytearray(seal(CHALLENGE, KEY).encode())
    place %= len(token)
    token[place] ^= flip
    text = token.decode("latin-1")
    try:
        assert unseal(text, [KEY]) == CHALLENGE
    except Forged:
        return
    # Base64 leaves some bits of a last letter unused: another spelling of the same bytes.
    assert text.split(".")[0][:-1] == seal(CHALLENGE, KEY).split(".")[0][:-1]


@pytest.mark.parametrize("token", ["", ".", "a.b.c", "đ.ế", "=.=", seal(CHALLENGE, OLD_KEY)])
def test_no_token_and_a_token_of_another_key_are_forged(token):
    with pytest.raises(Forged):
        unseal(token, [KEY])


def test_it_is_too_old_from_the_instant_it_expires():
    assert not CHALLENGE.expired(NOW - timedelta(microseconds=1))
    assert CHALLENGE.expired(NOW)


@pytest.mark.parametrize(
    ("person", "items", "asked"),
    [
        ("reviewer", [ITEM, OTHER], True),
        ("reviewer", [OTHER, ITEM], True),
        ("approver", [ITEM, OTHER], False),
        ("reviewer", [ITEM], False),
        ("reviewer", [ITEM, OTHER, OTHER], False),
        ("reviewer", [ITEM, OTHER._replace(content_hash="00")], False),
        ("reviewer", [ITEM, OTHER._replace(step="x")], False),
        ("reviewer", [ITEM, OTHER._replace(meaning="review")], False),
        ("reviewer", [ITEM, OTHER._replace(revision="x")], False),
    ],
)
def test_it_is_bound_to_person_and_items(person, items, asked):
    assert CHALLENGE.asks(person, items) is asked
