"""Document codes: validity, sameness, patterns, the next code."""

from eqms.domain import codes
from eqms.domain.codes import CodePattern
from hypothesis import assume
from hypothesis import given
from hypothesis import strategies as st
import pytest
import unicodedata


PROCEDURE = CodePattern.parse("QT {seq:02}/{level}-{field}")
COMMUNE = {"level": "CX", "field": "HCTP"}


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  QT  03/CX-HCTP ", "QT 03/CX-HCTP"),
        ("QT 03/CX\N{EN DASH}HCTP", "QT 03/CX-HCTP"),
        (unicodedata.normalize("NFD", "QĐ 01/Phòng Tài chính"), "QĐ 01/Phòng Tài chính"),
        ("BM 5.7.2/05 (a)_b", "BM 5.7.2/05 (a)_b"),
        ("STCL", "STCL"),
    ],
)
def test_valid_codes_are_stored_normalised(typed: str, stored: str) -> None:
    assert codes.validate(typed) == codes.normalise(typed) == stored


@pytest.mark.parametrize(
    "code",
    ["", "  ", "-/-", "QT#1", "QT\u200b1", "QT:1", "QT 1<b>", "Ç1", "QT٣", "A" * 61, "{seq}"],
)
def test_invalid_codes_are_refused(code: str) -> None:
    with pytest.raises(codes.InvalidCode):
        codes.validate(code)


def test_a_code_may_have_sixty_characters() -> None:
    assert codes.validate("A" * 60)


def test_case_and_spaces_beside_separators_make_no_other_code() -> None:
    same = ["QT 03/CX-HCTP", "qt 03 / cx - hctp", "QT  03/CX \N{EM DASH} HCTP"]
    assert len({codes.canonical(code) for code in same}) == 1
    other = ["QT 03/CX-HCTP", "QT 3/CX-HCTP", "QT-03/CX-HCTP", "QT 03/CX HCTP", "QĐ 03/CX-HCTP"]
    assert len({codes.canonical(code) for code in other}) == 5


@given(st.text(max_size=30))
def test_canonical_is_stable(code: str) -> None:
    assert codes.canonical(codes.canonical(code)) == codes.canonical(code)
    assert codes.canonical(codes.normalise(code)) == codes.canonical(code)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "{0.__class__}",
        "{seq.__class__}",
        "{seq!r}",
        "{seq:2}",
        "{seq:>10}",
        "{seq:00}",
        "{level:02}",
        "{__class__}",
        "{}",
        "{unknown}",
        "{{seq}}",
        "QT {seq",
        "QT seq}",
        "{seq}/{seq:02}",
        "/{seq}",
        "QT {seq}-",
        "QT ({seq})",
        "QT#{seq}",
    ],
)
def test_what_is_no_pattern_is_refused(text: str) -> None:
    with pytest.raises(codes.CodePatternError):
        CodePattern.parse(text)


@pytest.mark.parametrize("text", codes.DEFAULT_PATTERNS.values())
def test_default_patterns_are_patterns(text: str) -> None:
    assert str(CodePattern.parse(text)) == text


def test_every_field_can_be_filled() -> None:
    pattern = CodePattern.parse("{type}-{agency}-{unit}-{field}-{level}-{parent}-{seq:03}")
    values = {name: name.upper() for name in codes.FIELDS}
    assert pattern.render(values, 7) == "TYPE-AGENCY-UNIT-FIELD-LEVEL-PARENT-007"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (COMMUNE, "QT 01/CX-HCTP"),
        ({"field": "BTNN"}, "QT 01/BTNN"),
        ({"level": "CX", "field": " "}, "QT 01/CX"),
        ({"level": None, "field": ""}, "QT 01"),
    ],
)
def test_a_missing_field_goes_with_a_separator(values: dict[str, str | None], code: str) -> None:
    assert PROCEDURE.render(values) == code
    assert PROCEDURE.match(code, values) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{agency}.QM", "QM"),
        ("QT-{unit}-{seq}", "QT-4"),
        ("{agency} / {unit} - {seq}", "4"),
        ("QT {seq}.X{unit}-Y", "QT 4.X-Y"),
        ("HD {seq:02}/{unit}", "HD 04"),
    ],
)
def test_where_the_missing_field_stands_does_not_matter(text: str, code: str) -> None:
    assert CodePattern.parse(text).render({}, 4) == code


def test_numbers_grow_beyond_their_width() -> None:
    assert PROCEDURE.render(COMMUNE, 100) == "QT 100/CX-HCTP"
    assert PROCEDURE.match("QT 100/CX-HCTP", COMMUNE) == 100


def test_render_refuses_what_makes_no_code() -> None:
    with pytest.raises(codes.CodePatternError, match="begin at 1"):
        PROCEDURE.render(COMMUNE, 0)
    with pytest.raises(codes.CodePatternError, match="fild"):
        PROCEDURE.render({"fild": "HCTP"})
    with pytest.raises(codes.InvalidCode):
        PROCEDURE.render({"level": "C#"})
    with pytest.raises(codes.InvalidCode):
        PROCEDURE.render({"level": "C" * 59})
    with pytest.raises(codes.InvalidCode):
        CodePattern.parse("{type}").render({})


def test_match_reads_the_number_of_this_scope_only() -> None:
    assert PROCEDURE.match("qt 003 / cx-hctp", COMMUNE) == 3
    for code in ["QT 03/CT-HCTP", "QT 03/CX-HCTP.01", "XQT 03/CX-HCTP", "QT x/CX-HCTP", ""]:
        assert PROCEDURE.match(code, COMMUNE) is None


def test_a_field_value_is_no_pattern() -> None:
    for value in ["#", "[0-9]", "-"]:
        with pytest.raises(codes.InvalidCode):
            PROCEDURE.match("QT 01/05-HCTP", {"level": value, "field": "HCTP"})
    assert PROCEDURE.match("QT 01/CX-HCTP", {"level": "C.", "field": "HCTP"}) is None


def test_a_dot_in_a_pattern_means_a_dot() -> None:
    pattern = CodePattern.parse("BM.{seq}")
    assert pattern.match("BM.1", {}) == 1
    assert pattern.match("BMX1", {}) is None


def test_a_form_is_numbered_under_its_procedure() -> None:
    pattern = CodePattern.parse(codes.DEFAULT_PATTERNS["ControlledForm"])
    parent = {"parent": "QT 03/CX-HCTP"}
    assert codes.next_code(pattern, parent, []) == "BM QT 03/CX-HCTP.01"
    assert codes.next_code(pattern, parent, ["BM QT 03/CX-HCTP.01"]) == "BM QT 03/CX-HCTP.02"


def test_the_next_code_follows_the_highest_and_fills_no_gap() -> None:
    taken = ["QT 01/CX-HCTP", "qt 07/cx \N{EN DASH} hctp", "QT 12/CT-HCTP", "STCL"]
    assert codes.next_code(PROCEDURE, COMMUNE, taken) == "QT 08/CX-HCTP"
    assert codes.next_code(PROCEDURE, COMMUNE, []) == "QT 01/CX-HCTP"


def test_a_pattern_without_number_gives_one_code() -> None:
    manual = CodePattern.parse("STCL")
    assert not manual.numbered
    assert manual.match("stcl", {}) == 0
    assert codes.next_code(manual, {}, ["CSCL"]) == "STCL"
    with pytest.raises(codes.CodeTaken, match="STCL"):
        codes.next_code(manual, {}, ["stcl"])


VALUE = st.text(st.sampled_from("ABĐƯ019.-"), max_size=4)
VALUES = st.fixed_dictionaries({}, optional=dict.fromkeys(sorted(codes.FIELDS), VALUE))
PATTERN = st.lists(
    st.sampled_from([f"{{{name}}}" for name in sorted(codes.FIELDS)] + ["QT", "/", " - ", "X1"]),
    max_size=6,
)


@given(PATTERN, PATTERN, VALUES, st.integers(1, 2000))
def test_what_a_pattern_renders_it_reads_again(
    before: list[str], after: list[str], values: dict[str, str], seq: int
) -> None:
    try:
        pattern = CodePattern.parse("".join([*before, "{seq:02}", *after]))
        code = pattern.render(values, seq)
    except (codes.CodePatternError, codes.InvalidCode):
        assume(False)
    assert codes.validate(code) == code
    assert pattern.match(code, values) == seq


@given(st.sets(st.integers(1, 300), max_size=20))
def test_no_code_is_given_twice(numbers: set[int]) -> None:
    taken = [PROCEDURE.render(COMMUNE, number) for number in numbers]
    for _ in range(3):
        taken.append(codes.next_code(PROCEDURE, COMMUNE, taken))
    assert len({codes.canonical(code) for code in taken}) == len(numbers) + 3


@given(st.text(max_size=40))
def test_any_text_is_a_pattern_or_a_clear_error(text: str) -> None:
    try:
        pattern = CodePattern.parse(text)
    except codes.CodePatternError as error:
        assert str(error)
    else:
        assert "{" not in pattern.text.replace("{", "", len(pattern.parts))
