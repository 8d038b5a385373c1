"""What people type becomes a query that the index understands, whatever they type."""

from eqms.domain.words import as_query
from eqms.domain.words import MOST_WORDS
from hypothesis import given
from hypothesis import strategies as st
from Products.ZCTextIndex.Lexicon import Lexicon
from Products.ZCTextIndex.Lexicon import Splitter
from Products.ZCTextIndex.QueryParser import QueryParser
import pytest


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("", ""),
        (' *()" ', ""),
        ("khai", "khai*"),
        ("Đăng ký khai sinh", '"dang" AND "ky" AND "khai" AND sinh*'),
        ("QT 03/CX", '"qt" AND "03" AND cx*'),
        ("not and or", '"not" AND "and" AND or*'),
        ("khai* (sinh", '"khai" AND sinh*'),
        ("a_b", '"a" AND b*'),
    ],
)
def test_words_become_a_query(typed, query):
    assert as_query(typed) == query


def test_composed_and_decomposed_letters_are_the_same():
    assert as_query("Đăng ký") == as_query("Đa\u0306ng ky\u0301")


def test_endless_input_has_an_end():
    assert as_query("a " * 10_000).count("AND") == MOST_WORDS - 1


@given(st.text())
def test_the_index_can_parse_it(typed):
    query = as_query(typed)
    if query:
        QueryParser(Lexicon(Splitter())).parseQuery(query)
