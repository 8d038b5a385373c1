"""Folding, alphabetical order, ids and search tokens of Vietnamese text."""

from eqms.domain import vietnamese
from hypothesis import given
from hypothesis import strategies as st
from itertools import pairwise
import pytest
import unicodedata


ALPHABET = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
TONES = list("aàảãáạ")
VOWELS = sorted(vietnamese.LETTERS)
WORDS = st.text(st.sampled_from([*ALPHABET, *VOWELS, *"AXZ0129 /-"]), max_size=12)


def in_order(texts: list[str]) -> bool:
    keys = [vietnamese.sort_key(text) for text in texts]
    return all(earlier < later for earlier, later in pairwise(keys))


def test_nfc_composes() -> None:
    assert vietnamese.nfc(unicodedata.normalize("NFD", "Xác nhận")) == "Xác nhận"


def test_letters_are_the_whole_alphabet_in_both_cases() -> None:
    assert set("ằỆỢữđĐỹY") <= vietnamese.LETTERS
    assert len(vietnamese.LETTERS) == (12 * 6 + 1) * 2
    assert all(len(letter) == 1 for letter in vietnamese.LETTERS)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đăng ký  khai sinh", "dang ky khai sinh"),
        ("ĐĂNG KÝ KẾT HÔN", "dang ky ket hon"),
        (" Ủy ban\n nhân dân\N{NO-BREAK SPACE}xã ", "uy ban nhan dan xa"),
        (unicodedata.normalize("NFD", "Người được ủy quyền"), "nguoi duoc uy quyen"),
        ("½ ngày", "½ ngay"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert vietnamese.fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert vietnamese.fold(vietnamese.fold(text)) == vietnamese.fold(text)


@given(WORDS)
def test_fold_leaves_ascii_of_vietnamese_whatever_the_form(text: str) -> None:
    folded = vietnamese.fold(text)
    assert folded.isascii()
    assert folded == vietnamese.fold(unicodedata.normalize("NFD", text)) == folded.lower()


def test_slug() -> None:
    assert vietnamese.slug("QT 03/CX-HCTP") == "qt-03-cx-hctp"
    assert vietnamese.slug(" Sở Tư pháp (Đà Nẵng) ") == "so-tu-phap-da-nang"
    assert vietnamese.slug("…") == ""


@given(st.text())
def test_slug_is_a_plain_id(text: str) -> None:
    slug = vietnamese.slug(text)
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert "--" not in slug
    assert slug == slug.strip("-") == vietnamese.slug(slug)


def test_letters_sort_as_in_the_alphabet_whatever_follows() -> None:
    assert in_order(ALPHABET)
    assert in_order(["az", "ăn", "ăz", "âm", "âz", "b", "dz", "đa", "e", "ez", "ê", "g"])
    assert in_order(["oz", "ôn", "ôz", "ơn", "ơz", "p", "uz", "ưa", "v"])


def test_tones_decide_between_equal_letters_only() -> None:
    assert in_order(TONES)
    assert in_order([f"m{vowel} a" for vowel in TONES])
    assert in_order(["ma", "mà", "mạ", "mai", "mài", "mam"])
    assert in_order(["ạ", "ấ", "ậ", "ba"])
    assert in_order(["ấ b", "ậ b", "ấ c"])


def test_words_sort_before_longer_words() -> None:
    assert in_order(["khái niệm", "khai sinh", "khai tử", "khaim"])
    assert in_order(["an", "an an", "ana"])


def test_numbers_sort_by_value_and_before_letters() -> None:
    assert in_order(["QT 1", "QT 02/CX", "QT 2/CX-A", "QT 10", "QT 100", "QT A"])
    assert in_order(["0", "00 a", "7", "07 a", "12345678901"])


def test_other_signs_count_as_one_space() -> None:
    assert in_order(["QT 1/CX-A", "QT 1 - CX.B", "(QT) 1 CX C"])


def test_marks_of_other_languages_and_stray_marks_are_no_letters() -> None:
    assert in_order(["facada", "façade", "facadf"])
    assert vietnamese.sort_key("\N{COMBINING ACUTE ACCENT}a").startswith("a\t")


def test_the_text_itself_decides_last() -> None:
    assert in_order(["QT 01", "QT 1", "qt 1"])
    assert in_order(["AN", "An", "an", "àn"])


@given(WORDS, WORDS)
def test_only_equal_texts_share_a_sort_key(one: str, other: str) -> None:
    same = vietnamese.nfc(one) == vietnamese.nfc(other)
    assert (vietnamese.sort_key(one) == vietnamese.sort_key(other)) is same


@given(WORDS)
def test_the_sort_key_does_not_depend_on_the_form(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert vietnamese.sort_key(text) == vietnamese.sort_key(decomposed)


@given(st.integers(0, 10**15), st.integers(0, 10**15))
def test_numbers_sort_like_integers(one: int, other: int) -> None:
    key = vietnamese.sort_key
    assert (key(f"QT {one:02}") < key(f"QT {other:02}")) is (one < other)


@given(st.lists(st.sampled_from([*ALPHABET, *VOWELS]), min_size=1, max_size=6).map("".join))
def test_words_compare_letter_by_letter(word: str) -> None:
    position = {letter: place for place, letter in enumerate(ALPHABET)}

    def ranks(text: str) -> list[int]:
        toneless = unicodedata.normalize("NFD", text.lower())
        marks = "\u0300\u0309\u0303\u0301\u0323"
        bare = unicodedata.normalize("NFC", "".join(sign for sign in toneless if sign not in marks))
        return [position[letter] for letter in bare]

    for other in ("m", "ma", "đơn", "êm", "ơ", "uy", "ưa"):
        if ranks(word) != ranks(other):
            earlier = ranks(word) < ranks(other)
            assert (vietnamese.sort_key(word) < vietnamese.sort_key(other)) is earlier


def test_code_tokens_hold_what_people_type() -> None:
    atoms = {"qt", "03", "cx", "hctp"}
    together = {"qt03", "03cx", "cxhctp", "qt03cx", "03cxhctp", "qt03cxhctp"}
    without_zeros = {"3", "qt3", "3cx", "qt3cx", "3cxhctp", "qt3cxhctp"}
    assert vietnamese.code_tokens("QT 03/CX-HCTP") == atoms | together | without_zeros
    assert {"qtd", "qtd05", "qtd5"} <= vietnamese.code_tokens("QTĐ05")
    assert vietnamese.code_tokens("QT 00") == {"qt", "00", "0", "qt00", "qt0"}
    assert vietnamese.code_tokens(" / ") == frozenset()


def test_a_long_code_has_few_tokens_and_the_whole_of_it() -> None:
    code = "A1" * 30
    assert code.lower() in vietnamese.code_tokens(code)
    assert len(vietnamese.code_tokens("ABCD.12." * 8)) <= 2 * 4 * 16 + 2


@given(WORDS)
def test_tokens_are_single_folded_words(text: str) -> None:
    for token in vietnamese.code_tokens(text):
        assert token.isalnum()
        assert token == vietnamese.fold(token)
