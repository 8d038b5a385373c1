"""One family for all letters of Vietnamese."""

from eqms.printing import fonts
from eqms.printing.rendering import pdf_of
from io import BytesIO
from pypdf import PdfReader
from subprocess import CompletedProcess
import pytest
import unicodedata


VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS = "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES)
ALL = f"đ{LETTERS}Đ{LETTERS.upper()}"


def test_every_letter_comes_from_one_family_and_can_be_copied():
    reader = PdfReader(
        BytesIO(pdf_of(f"<html lang='vi'><body><p>{' '.join(ALL)}</p></body></html>"))
    )
    assert set(ALL) <= set(unicodedata.normalize("NFC", reader.pages[0].extract_text()))
    assert len(reader.pages[0]["/Resources"]["/Font"]) == 1


@pytest.mark.parametrize(
    ("listed", "chosen"),
    [
        ("DejaVu Serif\nDejaVu Serif,DejaVu Serif Condensed\n", "DejaVu Serif Condensed"),
        ("DejaVu Serif\nLiberation Serif\n", "Liberation Serif"),
        ("Liberation Serif\nTimes New Roman,Times\n", "Times New Roman"),
        ("", "serif"),
    ],
)
def test_the_best_family_that_has_them_all(monkeypatch, listed, chosen):
    monkeypatch.setattr(
        fonts.subprocess, "run", lambda command, **_kw: CompletedProcess(command, 0, listed, "")
    )
    assert fonts.family.__wrapped__() == chosen


def test_without_fontconfig_the_prescribed_one_is_named(monkeypatch):
    def missing(*_args, **_kw):
        raise FileNotFoundError("fc-list")

    monkeypatch.setattr(fonts.subprocess, "run", missing)
    assert fonts.family.__wrapped__() == "Times New Roman"
