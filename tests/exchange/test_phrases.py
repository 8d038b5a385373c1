"""What the reader of Word files says, in the language of who looks at an import."""

from eqms.domain import procedure_checks
from eqms.exchange.phrases import parameters_told
from eqms.exchange.phrases import place_told
from eqms.exchange.remarks import OWN
from eqms.exchange.remarks import Remark
from eqms.exchange.word import Finding
from eqms.exchange.word import items
from eqms.exchange.word import sections
from eqms.exchange.word.errors import NotWord
from eqms.exchange.word.findings import MESSAGES
from pathlib import Path
from zope.i18n import interpolate
from zope.i18nmessageid import Message
import pytest
import re


def english(message):
    """The message as the translation service would say it in English."""
    if not isinstance(message, Message):
        return str(message)
    mapping = {name: english(value) for name, value in (message.mapping or {}).items()}
    return interpolate(message.default, mapping)


@pytest.mark.parametrize(
    "place",
    [
        "table 4, row 12",
        "table 2",
        "section 5.b",
        "control block",
        "footer, part 1 of the file",
        "first page header, part 2 of the file",
    ],
)
def test_places_are_known_again(place):
    told = place_told(place)
    assert isinstance(told, Message)
    assert english(told).endswith(place.removeprefix("first ").removeprefix("footer"))


def test_every_place_of_a_check_has_a_title():
    checks = Path(procedure_checks.__file__).parent
    fields = {
        field
        for module in checks.glob("*.py")
        for field in re.findall(r'Place\(\s*"(\w+)"', module.read_text("utf-8"))
    }
    assert {"code", "issued_on", "steps"} <= fields
    for field in fields:
        assert isinstance(place_told(field), Message), field


def test_the_whole_file_is_no_place():
    assert place_told("document") == ""
    assert place_told("somewhere else") == "somewhere else"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("scenario", " in the case “có xác minh”", " in the case “có xác minh”"),
        ("scenario", "", ""),
        ("unit", "working_day", "working days"),
        ("units", "day, hour, working_day", "days, hours, working days"),
        ("kind", "another kind of file", "another kind of file"),
        ("kind", "a Word template (.dotx)", "a Word template (.dotx)"),
        ("reason", "word/media/image1.png grows more than 200 times", None),
        ("reason", "a page header or footer is missing", "parts of the document are missing"),
        ("sections", "purpose, content", "Purpose, Content"),
        ("sections", "purpose, scope, content", "Purpose, Scope, Content"),
        ("text", "purpose", "purpose"),
        ("count", 3, "3"),
    ],
)
def test_parameters_that_are_words(name, value, expected):
    told = parameters_told({name: value})[name]
    assert english(told) == (value if expected is None else expected)


@pytest.mark.parametrize("name", [*sections.CUSTOMARY, *items.CUSTOMARY])
def test_every_section_and_item_has_its_title(name):
    assert isinstance(parameters_told({"item": name})["item"], Message)


@pytest.mark.parametrize("check", MESSAGES)
def test_every_finding_can_be_told(check):
    message = Remark.of(Finding(check, "document", dict.fromkeys(PARAMETERS, "x"))).for_screen()
    assert message == f"finding_{check}"
    assert english(message)


PARAMETERS = {parameter for text in MESSAGES.values() for parameter in re.findall(r"{(\w+)}", text)}


def test_a_file_that_cannot_be_read_says_why():
    message = Remark.unreadable(NotWord(kind="a PDF file")).for_screen()
    assert message == "finding_not_word"
    assert isinstance(message.mapping["kind"], Message)


@pytest.mark.parametrize("check", OWN)
def test_own_remarks_are_among_the_messages(check):
    assert OWN[check] == f"finding_{check}"
