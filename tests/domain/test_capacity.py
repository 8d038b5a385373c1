"""Capacities of signing and the lines they print (Decree 30/2020/NĐ-CP, Annex I)."""

from eqms.domain import capacity
from eqms.domain.capacity import Capacity
from eqms.domain.capacity import Post
from eqms.domain.capacity import Rank
from eqms.domain.capacity import WrongCapacity
import pytest


DIRECTOR = Post(Rank.HEAD, "Giám đốc", "Giám đốc")
DEPUTY = Post(Rank.DEPUTY, "Phó Giám đốc", "Giám đốc")
ACTING = Post(Rank.ACTING, "Giám đốc", "Giám đốc")
OFFICER = Post(Rank.OTHER, "Trưởng phòng", "Giám đốc")
UBND = "Ủy ban nhân dân"
CHAIRMAN = Post(Rank.HEAD, "Chủ tịch", "Chủ tịch", UBND)
VICE = Post(Rank.DEPUTY, "Phó Chủ tịch", "Chủ tịch", UBND)
ACTING_CHAIRMAN = Post(Rank.ACTING, "Chủ tịch", "Chủ tịch", UBND)


@pytest.mark.parametrize(
    ("post", "asked", "lines"),
    [
        (DIRECTOR, "", ("GIÁM ĐỐC",)),
        (DEPUTY, "", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        (DEPUTY, "KT", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        (ACTING, "", ("Q. GIÁM ĐỐC",)),
        (OFFICER, "", ("TRƯỞNG PHÒNG",)),
        (OFFICER, "TL", ("TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG")),
        (OFFICER, "TUQ", ("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG")),
        (CHAIRMAN, "", ("CHỦ TỊCH",)),
        (CHAIRMAN, "TM", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        (VICE, "", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        (VICE, "TM-KT", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        (ACTING_CHAIRMAN, "TM-Q", ("TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH")),
        (Post(), "", ()),
        (Post(Rank.DEPUTY, "Phó Giám đốc"), "", ("PHÓ GIÁM ĐỐC",)),
    ],
)
def test_what_is_printed(post: Post, asked: str, lines: tuple[str, ...]) -> None:
    assert capacity.lines(post, capacity.chosen(post, asked)) == lines


@pytest.mark.parametrize(
    ("post", "asked"),
    [
        (DIRECTOR, "KT"),
        (DIRECTOR, "TM"),
        (DEPUTY, "Q"),
        (DEPUTY, "TL"),
        (DEPUTY, "TM-KT"),
        (OFFICER, "KT"),
        (Post(), "TUQ"),
        (CHAIRMAN, "TM-KT"),
        (VICE, "TM"),
        (DIRECTOR, "king"),
    ],
)
def test_what_cannot_be(post: Post, asked: str) -> None:
    with pytest.raises(WrongCapacity):
        capacity.chosen(post, asked)


@pytest.mark.parametrize("rank", Rank)
@pytest.mark.parametrize("head", ["", "Chủ tịch"])
@pytest.mark.parametrize("collective", ["", UBND])
def test_everything_offered_can_be_printed(rank: Rank, head: str, collective: str) -> None:
    post = Post(rank, "Chức vụ", head, collective)
    choices = capacity.offered(post)
    assert choices
    for choice in choices:
        assert capacity.lines(post, choice)
        assert choice is choices[0] or capacity.chosen(post, choice.value) is choice
        assert all(line == line.upper() and not line.endswith(". ") for line in post_lines(post))


def post_lines(post: Post) -> list[str]:
    return [line for choice in capacity.offered(post) for line in capacity.lines(post, choice)]


@pytest.mark.parametrize(
    ("titles", "head"),
    [
        ({Rank.HEAD: ["Giám đốc"], Rank.DEPUTY: ["Phó Giám đốc"]}, "Giám đốc"),
        ({Rank.ACTING: ["Giám đốc"]}, "Giám đốc"),
        ({Rank.DEPUTY: ["Phó Chủ tịch", "Phó Chủ tịch"]}, "Chủ tịch"),
        ({Rank.DEPUTY: ["Phó trưởng ban"]}, "Trưởng ban"),
        ({Rank.HEAD: [""], Rank.OTHER: ["Trưởng phòng"]}, ""),
        ({}, ""),
    ],
)
def test_the_title_of_the_head(titles: dict[Rank, list[str]], head: str) -> None:
    assert capacity.head_title(titles) == head


def test_values_are_what_is_sent() -> None:
    assert Capacity("TM-KT") is Capacity.TM_KT
