"""Redline: what is kept, deleted and inserted adds up to both sides, and reads well."""

from eqms.domain.alignment import in_order
from eqms.domain.alignment import pairs
from eqms.domain.redline import is_changed
from eqms.domain.redline import Mark
from eqms.domain.redline import redline
from eqms.domain.redline import redline_rows
from eqms.domain.redline import RowKind
from eqms.domain.redline import Verdict
from eqms.domain.redline import verdict
from hypothesis import given
from hypothesis import strategies as st
from time import process_time
import pytest
import random


SYLLABLES = ["hồ", "sơ", "đăng", "ký", "khai", "sinh", "01", "ngày", ",", " ", "\n", "<b>", "Ộ"]

texts = st.lists(st.sampled_from(SYLLABLES), max_size=60).map(" ".join) | st.text(max_size=80)

cells = st.sampled_from(["", "Tiếp nhận hồ sơ", "Thẩm định hồ sơ", "Trả kết quả", "½ ngày"])

rows = st.lists(st.tuples(cells, cells, cells), max_size=8)


def side(blocks, mark):
    """One side of a redline, put together again."""
    return "\n".join(
        "".join(segment.text for segment in block if segment.mark in (Mark.KEPT, mark))
        for block in blocks
        if any(segment.mark in (Mark.KEPT, mark) for segment in block)
    )


def shown(blocks):
    """A redline as people write it: [-deleted-] and {+inserted+}."""
    signs = {Mark.KEPT: "%s", Mark.DELETED: "[-%s-]", Mark.INSERTED: "{+%s+}"}
    return "\n".join(
        "".join(signs[segment.mark] % segment.text for segment in block) for block in blocks
    )


class TestText:
    @given(texts, texts)
    def test_both_sides_can_be_put_together_again(self, old, new):
        blocks = redline(old, new)
        assert side(blocks, Mark.DELETED) == old
        assert side(blocks, Mark.INSERTED) == new

    @given(texts, texts)
    def test_it_is_changed_exactly_when_the_texts_differ(self, old, new):
        assert is_changed(redline(old, new)) == (old != new)

    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            (
                "Trong thời hạn 05 ngày làm việc",
                "Trong thời hạn 03 ngày làm việc",
                "Trong thời hạn [-05-]{+03+} ngày làm việc",
            ),
            (
                "Căn cứ Nghị định 61/2018/NĐ-CP.",
                "Căn cứ Nghị định 118/2025/NĐ-CP.",
                "Căn cứ Nghị định [-61/2018/NĐ-CP-]{+118/2025/NĐ-CP+}.",
            ),
            ("Nộp hồ sơ.", "Nộp hồ sơ. Nhận phiếu.", "Nộp hồ sơ.{+ Nhận phiếu.+}"),
            ("Một\nHai\nBa", "Một\nBa", "Một\n[-Hai-]\nBa"),
            ("", "Mới", "{+Mới+}"),
        ],
    )
    def test_it_marks_whole_words(self, old, new, expected):
        assert shown(redline(old, new)) == expected

    def test_an_inserted_paragraph_leaves_its_neighbours_alone(self):
        old = "Đoạn thứ nhất nói về mục đích\nĐoạn thứ hai nói về phạm vi"
        new = "Đoạn thứ nhất nói về mục đích\nHoàn toàn khác biệt\nĐoạn thứ hai nêu về phạm vi"
        assert shown(redline(old, new)).splitlines() == [
            "Đoạn thứ nhất nói về mục đích",
            "{+Hoàn toàn khác biệt+}",
            "Đoạn thứ hai [-nói-]{+nêu+} về phạm vi",
        ]

    def test_lines_that_have_little_in_common_are_replaced_whole(self):
        assert shown(redline("Một hai ba bốn", "Năm sáu bảy bốn")).splitlines() == [
            "[-Một hai ba bốn-]",
            "{+Năm sáu bảy bốn+}",
        ]

    @pytest.mark.parametrize("changed_share", [0.02, 1.0])
    def test_forty_pages_take_less_than_a_second(self, changed_share):
        dice = random.Random(9001)  # noqa: S311
        words = [f"từ{number}" for number in range(1500)]
        weights = [1 / (rank + 1) for rank in range(1500)]
        lines = [
            " ".join(dice.choices(words, weights, k=dice.choice([2, 8, 20, 60])))
            for _number in range(800)
        ]
        new = [f"{line} xã" if dice.random() < changed_share else line for line in lines]
        started = process_time()
        blocks = redline("\n".join(lines), "\n".join(new))
        assert process_time() - started < 1
        assert side(blocks, Mark.INSERTED) == "\n".join(new)

    @pytest.mark.parametrize("words", [30, 100])
    @pytest.mark.parametrize("lines", [2_000, 20_000])
    def test_it_stays_quick_on_texts_made_to_be_slow(self, lines, words):
        common = " ".join(f"từ{number}" for number in range(words))
        old = "\n".join(f"{common} {number}" for number in range(lines))
        new = "\n".join(f"{common} {number}" for number in range(lines, 2 * lines))
        started = process_time()
        redline(old, new)
        assert process_time() - started < 10


STEPS = [
    ("Tiếp nhận hồ sơ", "Bộ phận Một cửa", "½ ngày"),
    ("Thẩm định hồ sơ", "Chuyên viên", "03 ngày"),
    ("Ký duyệt văn bản", "Lãnh đạo", "01 ngày"),
]


class TestRows:
    @given(rows, rows)
    def test_every_row_of_both_sides_stands_once(self, old, new):
        found = redline_rows(old, new)
        assert sorted(row.old for row in found if row.old is not None) == [*range(len(old))]
        assert [row.new for row in found if row.new is not None] == [*range(len(new))]
        for row in found:
            for index, cell in enumerate(row.cells):
                if row.old is not None:
                    assert side(cell, Mark.DELETED) == old[row.old][index]
                if row.new is not None:
                    assert side(cell, Mark.INSERTED) == new[row.new][index]

    @given(rows)
    def test_nothing_changed_between_a_table_and_itself(self, table):
        assert not any(row.changed for row in redline_rows(table, table))

    def test_an_inserted_step_leaves_the_others_alone(self):
        new = [STEPS[0], ("Xác minh thực địa", "Chuyên viên", "02 ngày"), *STEPS[1:]]
        assert [row.kind for row in redline_rows(STEPS, new)] == [
            RowKind.KEPT,
            RowKind.ADDED,
            RowKind.KEPT,
            RowKind.KEPT,
        ]

    def test_a_changed_step_says_what_changed_in_it(self):
        new = [STEPS[0], ("Thẩm định hồ sơ", "Chuyên viên", "02 ngày"), STEPS[2]]
        changed = redline_rows(STEPS, new)[1]
        assert (changed.kind, changed.moved) == (RowKind.CHANGED, False)
        assert [shown(cell) for cell in changed.cells] == [
            "Thẩm định hồ sơ",
            "Chuyên viên",
            "[-03-]{+02+} ngày",
        ]

    def test_a_removed_step_stands_where_it_stood(self):
        found = redline_rows(STEPS, [STEPS[0], STEPS[2]])
        assert [(row.kind, row.old, row.new) for row in found] == [
            (RowKind.KEPT, 0, 0),
            (RowKind.REMOVED, 1, None),
            (RowKind.KEPT, 2, 1),
        ]

    def test_a_moved_step_is_neither_added_nor_removed(self):
        found = redline_rows(STEPS, [STEPS[2], STEPS[0], STEPS[1]])
        assert [(row.kind, row.moved) for row in found] == [
            (RowKind.KEPT, True),
            (RowKind.KEPT, False),
            (RowKind.KEPT, False),
        ]

    def test_a_row_may_keep_only_its_name(self):
        old = [("UBND", "Ủy ban nhân dân"), ("TTHC", "Thủ tục hành chính")]
        new = [("UBND", "Ủy ban nhân dân"), ("TTHC", "Công việc giải quyết cho dân")]
        assert redline_rows(old, new)[1].kind is RowKind.CHANGED


class TestAlignment:
    @given(rows, rows)
    def test_a_row_is_used_once(self, old, new):
        found = pairs(old, new)
        assert len({former for former, _position in found}) == len(found)
        assert len({position for _former, position in found}) == len(found)
        assert found == sorted(found)

    @given(st.permutations(range(8)))
    def test_what_stays_in_order_rises_and_cannot_be_longer(self, order):
        rising = in_order(list(enumerate(order)))
        assert rising == sorted(rising)
        assert [position for _former, position in rising] == sorted(
            position for _former, position in rising
        )
        longest = [1] * len(order)
        for index, value in enumerate(order):
            longest[index] += max(
                (longest[former] for former in range(index) if order[former] < value), default=0
            )
        assert len(rising) == max(longest)


class TestVerdict:
    @pytest.mark.parametrize(
        ("base", "mine", "theirs", "expected"),
        [
            (1, 1, 1, Verdict.NOBODY),
            (1, 2, 1, Verdict.MINE),
            (1, 1, 2, Verdict.THEIRS),
            (1, 2, 2, Verdict.BOTH),
            (1, 2, 3, Verdict.CONFLICT),
        ],
    )
    def test_it_says_who_changed_a_value(self, base, mine, theirs, expected):
        assert verdict(base, mine, theirs) is expected
