"""One-time codes, with the values of RFC 6238, appendix B."""

from base64 import b32encode
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eqms.domain.onetime import accepted_step
from eqms.domain.onetime import enrolment_uri
from eqms.domain.onetime import new_key
from eqms.domain.onetime import STEP_SECONDS
from hypothesis import given
from hypothesis import strategies as st
import pytest


KEY = b32encode(b"12345678901234567890").decode()
RFC_CODES = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]
"""Seconds since 1970, and the last six of the eight digits in the table for SHA-1."""

CODE_OF_STEP = {seconds // STEP_SECONDS: code for seconds, code in RFC_CODES}


def at(seconds):
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)


@pytest.mark.parametrize(("seconds", "code"), RFC_CODES)
def test_the_codes_of_the_rfc(seconds, code):
    assert accepted_step(KEY, code, at(seconds)) == seconds // STEP_SECONDS
    assert accepted_step(KEY, f"{code[:3]} {code[3:]}", at(seconds)) == seconds // STEP_SECONDS


@given(st.integers(-5, 5), st.integers(0, STEP_SECONDS - 1))
def test_one_step_before_and_after_is_near_enough(steps, second):
    step = 1234567890 // STEP_SECONDS
    moment = at((step + steps) * STEP_SECONDS + second)
    assert accepted_step(KEY, "005924", moment) == (step if abs(steps) <= 1 else None)


@given(st.integers(-3, 3))
def test_no_code_of_a_step_that_is_over(ahead):
    step = 1234567890 // STEP_SECONDS
    accepted = accepted_step(KEY, "005924", at(1234567890), step + ahead)
    assert accepted == (step if ahead < 0 else None)


@pytest.mark.parametrize("code", ["", "005925", "5924", "0059240", "mã số", "٠٠٥٩٢٤"])
def test_other_words_are_no_codes(code):
    assert accepted_step(KEY, code, at(1234567890)) is None


def test_keys_are_long_and_differ():
    assert len({new_key() for _number in range(50)}) == 50
    assert len(new_key()) == 32


def test_the_link_for_the_app():
    uri = enrolment_uri(KEY, "reviewer", "Sở Tư pháp")
    assert uri.startswith("otpauth://totp/")
    assert f"secret={KEY}" in uri
