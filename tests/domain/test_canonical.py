"""Canonical JSON: one value, one sequence of bytes."""

from collections import OrderedDict
from collections import UserList
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from datetime import UTC
from decimal import Decimal
from enum import StrEnum
from eqms.domain.canonical import canonical_json
from eqms.domain.canonical import content_hash
from eqms.domain.canonical import NotCanonical
from hypothesis import given
from hypothesis import strategies as st
import json
import pytest
import unicodedata


class Colour(StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (2**70, "1180591620717411303424"),
        ("Xem xét", '"Xem xét"'),
        ('"\\/\n\x1f', r'"\"\\/\n\u001f"'),
        ({"b": 1, "a": [1, "x", None, False]}, '{"a":[1,"x",null,false],"b":1}'),
        ((1, (2,)), "[1,[2]]"),
        (UserList([1]), "[1]"),
        ({"b", "a"}, '["a","b"]'),
        (frozenset({10, 9}), "[10,9]"),
        (Colour.RED, '"red"'),
        (date(2026, 3, 1), '"2026-03-01"'),
        (datetime(2026, 3, 1, 8, tzinfo=UTC), '"2026-03-01T08:00:00.000000Z"'),
        (Decimal("0.50"), '"0.5"'),
        (Decimal("1E+3"), '"1000"'),
        (Decimal("1000"), '"1000"'),
        (Decimal("-0.0"), '"0"'),
    ],
)
def test_forms(value: object, text: str) -> None:
    assert canonical_json(value) == text.encode()


def test_keys_sort_by_utf16_units_as_in_the_rfc() -> None:
    ordered = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufffd"]
    assert list(json.loads(canonical_json(dict.fromkeys(sorted(ordered))))) == ordered


@pytest.mark.parametrize(
    "value",
    [
        0.5,
        float("nan"),
        b"x",
        bytearray(b"x"),
        memoryview(b"x"),
        object(),
        timedelta(1),
        datetime(2026, 3, 1),
        Decimal("NaN"),
        Decimal("Infinity"),
        Decimal("1E+1000000"),
        Decimal("1E-1000000"),
        "\ud800",
        {1: "x"},
        {"\ud800": 1},
        {"é": 1, unicodedata.normalize("NFD", "é"): 2},
        [{"deep": [0.1]}],
        {1.5},
    ],
)
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical_json(value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


def in_nfc(value: object) -> object:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [in_nfc(member) for member in value]
    if isinstance(value, dict):
        return {in_nfc(key): in_nfc(member) for key, member in value.items()}
    return value


@given(JSON)
def test_it_is_json_and_says_the_same(value: object) -> None:
    try:
        written = canonical_json(value)
    except NotCanonical:
        return  # two keys equal in NFC
    assert json.loads(written) == in_nfc(value)
    assert canonical_json(json.loads(written)) == written


@given(st.dictionaries(st.sampled_from("abcđê"), st.integers()))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    backwards = OrderedDict(reversed(value.items()))
    assert canonical_json(backwards) == canonical_json(value)


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(1, 1, 2)))
def test_an_instant_is_the_same_in_every_zone(instant: datetime) -> None:
    other = instant.astimezone(timezone(timedelta(hours=-7)))
    assert canonical_json(other) == canonical_json(instant)


@given(st.decimals(-(10**9), 10**9, places=3), st.integers(0, 5))
def test_trailing_zeros_do_not_matter(number: Decimal, zeros: int) -> None:
    longer = Decimal(f"{number:f}" + "0" * zeros)
    assert canonical_json(longer) == canonical_json(number)
    assert Decimal(json.loads(canonical_json(number))) == number


def test_content_hash() -> None:
    # sha256 of the two bytes "{}"
    digest = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    assert content_hash({}) == digest
    composed, decomposed = "Ký", unicodedata.normalize("NFD", "Ký")
    assert content_hash({"title": composed}) == content_hash({"title": decomposed})
    assert content_hash({"title": "Ký"}) != content_hash({"title": "Kỳ"})
