"""Work steps and their times: columns by their heads, merged cells, cases, sums."""

from .build import CONTENT
from .build import customary
from .build import lines
from .build import merge
from .build import paragraphs
from .build import rows
from .build import table
from .build import timed
from docx.oxml.ns import qn
from eqms.exchange.word import read_procedure
import pytest


HEAD = ["TT", "Trình tự công việc", "Trách nhiệm"]


def read(steps, **changes):
    return read_procedure(customary(steps=steps, **changes), "thu.docx")


def times(reading):
    return [
        [time and (float(time.value), time.unit) for time in step.durations]
        for step in reading.steps
    ]


def found(reading):
    return [(finding.check, finding.place) for finding in reading.findings]


def limits(reading):
    return [
        (case.label, case.limit and (float(case.limit.value), case.limit.unit))
        for case in reading.scenarios
    ]


@pytest.mark.parametrize(
    "head",
    [
        ["STT", "Nội dung công việc", "Người thực hiện", "Thời hạn", "Biểu mẫu"],
        ["Số TT", "Trình tự thực hiện", "Đơn vị thực hiện", "Thời gian thực hiện", "Kết quả"],
        ["Bước", "Các bước công việc", "Bộ phận/người thực hiện", "Thời gian xử lý", "Hồ sơ"],
        ["TT", "Công việc", "Cơ quan chủ trì", "Thời gian giải quyết", "Biểu mẫu/Kết quả"],
    ],
    ids=lambda head: head[0],
)
@pytest.mark.parametrize("order", [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [0, 2, 4, 1, 3]])
def test_columns_are_told_by_their_heads(head, order):
    body = [["1", "Nhận", "Một cửa", "½ ngày", "BM.01"], ["2", "Duyệt", "Sở", "4,5 ngày", "Phép"]]
    steps = rows(*([row[place] for place in order] for row in [head, *body]))
    reading = read(steps)
    assert [step.number for step in reading.steps] == [1, 2]
    assert [step.title for step in reading.steps] == ["Nhận", "Duyệt"]
    assert [step.responsible for step in reading.steps] == ["Một cửa", "Sở"]
    assert [step.output for step in reading.steps] == ["BM.01", "Phép"]
    assert times(reading) == [[(0.5, "day")], [(4.5, "day")]]
    assert found(reading) == []


def test_numbers_inside_the_titles():
    reading = read(
        rows(
            ["Các bước", "Đơn vị chủ trì", "Thời gian"],
            ["Bước 1: Nhận", "Một cửa", "½ ngày"],
            ["Bước 2. Duyệt", "Sở", "4,5 ngày"],
        )
    )
    assert [(step.number, step.title) for step in reading.steps] == [(1, "Nhận"), (2, "Duyệt")]


def test_other_numbers_stay_as_they_are():
    body = [
        ["2.1", "Nhận", "Một cửa", "½ ngày"],
        ["B2", "Xét", "Sở", "4 ngày"],
        ["a)", "Ký", "Sở", "½ ngày"],
    ]
    reading = read(rows([*HEAD, "Thời gian"], *body))
    assert [step.number for step in reading.steps] == ["2.1", 2, "a"]


def numbered_by_word(document):
    made = table(
        document,
        [[*HEAD, "Thời gian"], ["", "Nhận", "Một cửa", "1 ngày"], ["", "Duyệt", "Sở", "4 ngày"]],
    )
    for row in made.rows[1:]:
        row.cells[0].paragraphs[0].style = "List Number"


def test_numbers_that_word_makes():
    reading = read(numbered_by_word)
    assert [step.number for step in reading.steps] == [1, 2]
    assert found(reading) == []


def test_missing_and_repeated_numbers():
    body = [
        ["1", "Nhận", "Một cửa", "1 ngày"],
        ["1", "Xét", "Sở", "2 ngày"],
        ["", "Ký", "Sở", "2 ngày"],
    ]
    reading = read(rows([*HEAD, "Thời gian"], *body))
    assert [step.number for step in reading.steps] == [1, 1, None]
    assert found(reading) == [
        ("step_number_duplicated", "table 4, row 3"),
        ("step_number_missing", "table 4, row 4"),
    ]


def test_two_cases_with_their_limits():
    head = [*HEAD, "Thời gian không xác minh:\n05 ngày làm việc", "Thời gian có xác minh: 25 ngày"]
    body = [
        ["1", "Nhận", "Một cửa", "½ ngày", "01 ngày"],
        ["2", "Duyệt", "Sở", "4,5 ngày", "24 ngày"],
    ]
    reading = read(rows(head, *body))
    assert limits(reading) == [("không xác minh", (5, "working_day")), ("có xác minh", (25, "day"))]
    assert reading.scenarios[1].basis == "Thời gian có xác minh: 25 ngày"
    assert times(reading) == [[(0.5, "day"), (1, "day")], [(4.5, "day"), (24, "day")]]
    assert found(reading) == []


def three_cases(document):
    made = table(
        document,
        [
            [*HEAD, "Thời gian", "", ""],
            ["", "", "", "Bổ sung: 01 ngày làm việc", "Thay đổi", ""],
            ["", "", "", "", "không xác minh: 03 ngày làm việc", "có xác minh: 06 ngày làm việc"],
            ["1", "Nhận", "Một cửa", "01 ngày", "1 ngày", "2 ngày"],
            ["2", "Duyệt", "Sở", "", "2 ngày", "4 ngày"],
        ],
    )
    for column in range(3):
        merge(made, (0, column), (2, column))
    merge(made, (0, 3), (0, 5))
    merge(made, (1, 3), (2, 3))
    merge(made, (1, 4), (1, 5))
    merge(made, (3, 3), (4, 3))


def test_three_cases_under_a_head_of_three_rows():
    reading = read(three_cases)
    assert limits(reading) == [
        ("Bổ sung", (1, "working_day")),
        ("Thay đổi – không xác minh", (3, "working_day")),
        ("Thay đổi – có xác minh", (6, "working_day")),
    ]
    assert times(reading) == [
        [(1, "day"), (1, "day"), (2, "day")],
        [None, (2, "day"), (4, "day")],
    ]
    assert reading.steps[1].timed_with == [0, None, None]
    assert found(reading) == [("time_for_group", "table 4, row 4")]


def test_a_second_head_row_without_vertical_merges():
    def unmerged(document):
        made = table(
            document,
            [
                [*HEAD, "Thời gian", ""],
                ["", "", "", "Không xác minh", "Có xác minh"],
                ["1", "Nhận", "Một cửa", "1 ngày", "2 ngày"],
            ],
        )
        merge(made, (0, 3), (0, 4))

    reading = read(unmerged)
    assert [case.label for case in reading.scenarios] == ["Không xác minh", "Có xác minh"]
    assert times(reading) == [[(1, "day"), (2, "day")]]


def test_one_time_for_a_group_is_counted_once():
    def grouped(document):
        made = table(
            document,
            [
                [*HEAD, "Thời gian (05 ngày làm việc)"],
                ["1", "Nhận", "Một cửa", "01 ngày"],
                ["2", "Xét", "Sở", "04 ngày"],
                ["3", "Ký", "Lãnh đạo", ""],
                ["4", "Trả", "Một cửa", ""],
            ],
        )
        merge(made, (2, 3), (4, 3))

    reading = read(grouped)
    assert times(reading) == [[(1, "day")], [(4, "day")], [None], [None]]
    assert [step.timed_with for step in reading.steps] == [[None], [None], [1], [1]]
    (finding,) = reading.findings
    assert finding.check == "time_for_group"
    assert finding.message == "One time, “04 ngày”, is given for 3 steps together."


def test_one_time_for_two_cases():
    def across(document):
        made = table(
            document,
            [
                [*HEAD, "Thời gian thường", "Thời gian gấp"],
                ["1", "Nhận", "Một cửa", "1 ngày", ""],
            ],
        )
        merge(made, (1, 3), (1, 4))

    assert times(read(across)) == [[(1, "day"), (1, "day")]]


def test_a_step_of_several_people():
    def shared(document):
        made = table(
            document,
            [
                [*HEAD, "Thời gian"],
                ["1", "Thẩm định", "Chuyên viên", "5 ngày"],
                ["", "", "Trưởng phòng", ""],
            ],
        )
        for column in (0, 1, 3):
            merge(made, (1, column), (2, column))

    reading = read(shared)
    (step,) = reading.steps
    assert step.responsible == "Chuyên viên\nTrưởng phòng"
    assert times(reading) == [[(5, "day")]]
    assert found(reading) == []


def test_a_coordinating_column_is_kept_apart():
    reading = read(
        rows([*HEAD, "Cơ quan phối hợp", "Thời gian"], ["1", "Xét", "Sở", "Công an", "5 ngày"])
    )
    (step,) = reading.steps
    assert (step.responsible, step.coordinating) == ("Sở", "Công an")


def test_what_is_no_step():
    body = [
        ["(1)", "(2)", "(3)", "(4)"],
        ["1", "Nhận", "Một cửa", "1 ngày"],
        [*HEAD, "Thời gian (05 ngày làm việc)"],
        ["2", "Duyệt", "Sở", "4 ngày"],
        ["", "", "", ""],
        ["", "Tổng cộng", "", "05 ngày làm việc"],
    ]
    reading = read(rows([*HEAD, "Thời gian (05 ngày làm việc)"], *body))
    assert [step.title for step in reading.steps] == ["Nhận", "Duyệt"]
    assert found(reading) == []


def test_a_row_over_the_whole_width_names_a_phase():
    def phases(document):
        made = table(
            document,
            [
                [*HEAD, "Thời gian"],
                ["I. Tại xã", "", "", ""],
                ["1", "Nhận", "Một cửa", "1 ngày"],
                ["II. Tại Sở", "", "", ""],
                ["1", "Duyệt", "Sở", "4 ngày"],
            ],
        )
        merge(made, (1, 0), (1, 3))
        merge(made, (3, 0), (3, 3))

    reading = read(phases)
    assert [step.case for step in reading.steps] == ["I. Tại xã", "II. Tại Sở"]
    assert found(reading) == []


def test_a_row_without_a_title_is_told():
    reading = read(rows([*HEAD, "Thời gian"], ["1", "", "Một cửa", "5 ngày"]))
    assert found(reading) == [("row_not_understood", "table 4, row 2")]


def test_missing_responsible_and_time():
    body = [["1", "Nhận", "", "1 ngày"], ["2", "Duyệt", "Sở", ""]]
    reading = read(rows([*HEAD, "Thời gian"], *body))
    assert found(reading) == [
        ("step_responsible_missing", "table 4, row 2"),
        ("step_time_missing", "table 4, row 3"),
    ]


@pytest.mark.parametrize("text", ["Theo lịch", "3-5 ngày", "1 ngày\n2 ngày", "03 (năm) ngày"])
def test_a_vague_time_is_none_and_told(text):
    reading = read(timed(text))
    assert times(reading) == [[None]]
    assert found(reading) == [("time_not_understood", "table 4, row 2")]


def test_bare_numbers_take_the_unit_of_the_head():
    reading = read(timed("1/2", "04", "0,5", head="Thời gian (ngày làm việc)"))
    assert times(reading) == [[(0.5, "working_day")], [(4, "working_day")], [(0.5, "working_day")]]
    assert found(reading) == []


def test_bare_numbers_take_the_unit_of_the_note():
    reading = read(
        timed("1", "4", head="Thời gian"), notes=lines("Ghi chú: đơn vị tính: ngày làm việc")
    )
    assert times(reading) == [[(1, "working_day")], [(4, "working_day")]]
    assert {check for check, _ in found(reading)} == {"time_unit_from_note"}


def test_bare_numbers_without_any_unit_are_not_understood():
    reading = read(timed("1", "4", head="Thời gian"))
    assert times(reading) == [[None], [None]]
    assert {check for check, _ in found(reading)} == {"time_not_understood"}


def test_the_limit_may_stand_in_the_item_only():
    reading = read(timed("1 ngày", "4 ngày", head="Thời gian"))
    assert limits(reading) == [("", (5, "working_day"))]
    assert reading.scenarios[0].basis == "05 ngày làm việc, kể từ ngày nhận đủ hồ sơ"


def test_cases_without_limits_find_theirs_in_the_item():
    item = (
        "b. Thời hạn giải quyết: 05 ngày làm việc. Trường hợp phải xác minh thì không quá 25 ngày."
    )
    content = [item if line.startswith("b.") else line for line in CONTENT]
    steps = rows(
        [*HEAD, "Không xác minh (thời gian)", "Có xác minh (thời gian)"],
        ["1", "x", "y", "5 ngày", "25 ngày"],
    )
    reading = read(steps, content=lines(*content))
    assert [limit for _, limit in limits(reading)] == [(5, "working_day"), (25, "day")]


def test_several_limits_for_one_case_are_not_chosen_from():
    item = ["b. Thời hạn giải quyết:", "- Kiểm tra: 10 ngày;", "- Đăng ký: 05 ngày."]
    at = next(index for index, line in enumerate(CONTENT) if line.startswith("b."))
    content = [*CONTENT[:at], *item, *CONTENT[at + 1 :]]
    reading = read(timed("1 ngày", head="Thời gian"), content=lines(*content))
    assert limits(reading) == [("", None)]
    assert found(reading) == [("limit_not_understood", "section 5.b")]


def test_two_limits_in_one_head_are_not_chosen_from():
    reading = read(timed("5 ngày", head="Thời gian (05 ngày làm việc hoặc 25 ngày)"))
    assert [limit for _, limit in limits(reading)] == [None]
    assert found(reading) == [("limit_not_understood", "table 4, row 1")]


def test_no_limit_at_all():
    content = [line for line in CONTENT if not line.startswith("b.")]
    reading = read(timed("5 ngày", head="Thời gian"), content=lines(*content))
    assert [check for check, _ in found(reading)] == ["limit_missing", "item_missing"]


def test_a_row_of_totals_is_the_last_resort():
    content = [line for line in CONTENT if not line.startswith("b.")]
    body = [["1", "Nhận", "Một cửa", "5 ngày"], ["", "Tổng thời gian", "", "07 ngày"]]
    reading = read(rows([*HEAD, "Thời gian"], *body), content=lines(*content))
    assert limits(reading) == [("", (7, "day"))]
    assert "sum_differs" in [check for check, _ in found(reading)]


def test_a_table_without_times():
    reading = read(rows(HEAD, ["1", "Nhận", "Một cửa"]))
    assert limits(reading) == [("", (5, "working_day"))]
    assert times(reading) == [[None]]
    assert found(reading) == [("time_columns_missing", "table 4, row 1")]


def test_steps_that_do_not_add_up():
    reading = read(timed("1 ngày", "3,5 ngày"))
    (finding,) = reading.findings
    assert finding.check == "sum_differs"
    assert finding.message == (
        "The steps add up to 4,5 ngày làm việc, the limit is 05 ngày làm việc."
    )


def test_steps_in_other_units_are_not_converted():
    reading = read(timed("4 giờ", "4,5 ngày"))
    (finding,) = reading.findings
    assert finding.check == "mixed_units"
    assert "(day, hour)" in finding.message


def test_a_sum_with_an_unknown_part_is_not_compared():
    assert "sum_differs" not in [check for check, _ in found(read(timed("1 ngày", "Theo lịch")))]


def two_tables(document):
    paragraphs(document, ["Trường hợp 1: Không thẩm định thực tế"])
    timed("1 ngày", "2 ngày", head="Thời gian (03 ngày làm việc)")(document)
    paragraphs(document, ["Trường hợp 2: Có thẩm định thực tế:"])
    timed("1 ngày", "9 ngày", head="Thời gian (10 ngày làm việc)")(document)


def test_a_table_for_each_case():
    reading = read(two_tables)
    assert limits(reading) == [
        ("Trường hợp 1: Không thẩm định thực tế", (3, "working_day")),
        ("Trường hợp 2: Có thẩm định thực tế", (10, "working_day")),
    ]
    assert times(reading) == [
        [(1, "day"), None],
        [(2, "day"), None],
        [None, (1, "day")],
        [None, (9, "day")],
    ]
    assert found(reading) == []


@pytest.mark.parametrize("head", [[], [[*HEAD, "Thời gian (05 ngày làm việc)"]]])
def test_a_table_that_goes_on_over_the_page(head):
    def over_the_page(document):
        timed("1 ngày", "2 ngày")(document)
        document.add_paragraph()
        rows(*head, ["3", "Ký", "Lãnh đạo", "2 ngày"])(document)

    reading = read(over_the_page)
    assert [step.number for step in reading.steps] == [1, 2, 3]
    assert len(reading.scenarios) == 1
    assert found(reading) == []


def test_deleted_rows_are_gone():
    def with_deleted_row(document):
        made = table(
            document,
            [[*HEAD, "Thời gian"], ["1", "Cũ", "x", "9 ngày"], ["1", "Mới", "y", "5 ngày"]],
        )
        deleted = made.rows[1]._tr.get_or_add_trPr()
        deleted.append(deleted.makeelement(qn("w:del")))

    reading = read(with_deleted_row)
    assert [step.title for step in reading.steps] == ["Mới"]


def test_a_step_with_a_time_for_each_of_its_people_is_not_added_up():
    def shared(document):
        made = table(
            document,
            [
                [*HEAD, "Thời gian"],
                ["1", "Thẩm định", "Chuyên viên", "3 ngày"],
                ["", "", "Trưởng phòng", "2 ngày"],
            ],
        )
        for column in (0, 1):
            merge(made, (1, column), (2, column))

    reading = read(shared)
    assert times(reading) == [[None]]
    assert found(reading) == [("time_not_understood", "table 4, row 3")]


def test_limits_of_the_item_where_no_table_has_times():
    item = "b. Thời hạn giải quyết: 05 ngày làm việc; trường hợp khó: 10 ngày hoặc 15 ngày"
    content = [item if line.startswith("b.") else line for line in CONTENT]
    reading = read(None, content=lines(*content))
    assert limits(reading) == [("", (5, "working_day")), ("trường hợp khó", None)]
    assert ("limit_not_understood", "section 5.b") in found(reading)


def test_each_table_is_added_up_for_itself():
    def short(document):
        paragraphs(document, ["Trường hợp 1:"])
        timed("1 ngày", "1 ngày", head="Thời gian (03 ngày làm việc)")(document)
        paragraphs(document, ["Trường hợp 2:"])
        timed("1 ngày", "9 ngày", head="Thời gian (10 ngày làm việc)")(document)

    (finding,) = read(short).findings
    assert finding.check == "sum_differs"
    assert finding.message.endswith("in the case “Trường hợp 1”.")


def test_tables_with_the_same_head_are_two_where_a_caption_stands_between():
    def alike(document):
        for caption in ("Trường hợp thường:", "Trường hợp gấp:"):
            paragraphs(document, [caption])
            timed("5 ngày", head="Thời gian")(document)

    reading = read(alike)
    assert [case.label for case in reading.scenarios] == ["Trường hợp thường", "Trường hợp gấp"]
    assert times(reading) == [[(5, "day"), None], [None, (5, "day")]]


def test_a_limit_over_several_columns_is_that_of_none():
    def shared_limit(document):
        made = table(
            document,
            [
                [*HEAD, "Thời gian (25 ngày)", ""],
                ["", "", "", "thường", "gấp: 20 ngày"],
                ["1", "Nhận", "Một cửa", "1 ngày", "20 ngày"],
            ],
        )
        merge(made, (0, 3), (0, 4))

    reading = read(shared_limit)
    assert [limit for _, limit in limits(reading)] == [None, (20, "day")]
