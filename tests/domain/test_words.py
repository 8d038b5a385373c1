"""What people type becomes a query that the index understands, whatever they type."""

from eqms.domain.words import as_index
from eqms.domain.words import as_query
from eqms.domain.words import MOST_WORDS
from hypothesis import given
from hypothesis import strategies as st
from Products.CMFPlone.UnicodeSplitter.splitter import I18NNormalizer
from Products.CMFPlone.UnicodeSplitter.splitter import Splitter as PloneSplitter
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


def lexicon(text):
    """The words that Plone makes of a text, when it is entered and when it is looked for."""
    return I18NNormalizer().process(PloneSplitter().process([text]))


@pytest.mark.parametrize(
    "typed",
    [
        "an toàn thực phẩm", "AN TOÀN THỰC PHẨM", "an toan thuc pham", "ẩm thực", "Ẩm", "am thuc",
        "ở đâu", "o dau", "Đăng ký", "dang ky", "5đ", "e\u0302\u0301ch",
    ],
)  # fmt: skip
def test_words_are_found_with_and_without_diacritics(typed):
    text = "An toàn thực phẩm và Ẩm thực ở đâu: đăng ký 5đ ếch"
    assert set(lexicon(typed)) <= set(lexicon(as_index(text)))


def test_a_word_is_entered_once():
    assert as_index("Đăng ký ẩm thực") == "dang ky am thuc ẩm"
