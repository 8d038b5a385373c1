"""Fee rows in words: read whole, or left as text with a finding."""

from datetime import date
from eqms.exchange.word.fees import read_fees
from eqms.exchange.word.findings import Findings
import pytest


HERE = " (áp dụng tại 32 xã, phường tại Phụ lục 1 kèm theo)"
PLACE = "32 xã, phường tại Phụ lục 1 kèm theo"


def rows(*lines):
    findings = Findings()
    read = read_fees(lines, "section 5.g", findings)
    facts = [
        (fee.amount, fee.channel, fee.territory, fee.unit, fee.subject, fee.valid_to)
        for fee in read.rows
    ]
    return facts, read.exemptions, [finding.check for finding in findings]


def test_channels_period_and_territory():
    line = (
        "- Nộp trực tiếp: 75.000 đồng; nộp trực tuyến (áp dụng đến 31/12/2025): 37.500 đồng. "
        "Miễn lệ phí cho người khuyết tật. Phí cấp bản sao (nếu có yêu cầu): 8.000 đồng/bản sao"
        f"{HERE}."
    )
    found, exemptions, checks = rows(line)
    assert found == [
        (75000, "in_person", PLACE, "", "", None),
        (37500, "online", PLACE, "", "", date(2025, 12, 31)),
        (8000, None, PLACE, "bản sao", "Phí cấp bản sao (nếu có yêu cầu)", None),
    ]
    assert exemptions == [f"Miễn lệ phí cho người khuyết tật{HERE}"]
    assert checks == []


def test_a_channel_that_heads_several_fees():
    found, _, checks = rows("Nộp trực tiếp: Thay đổi: 15.000 đồng; Bổ sung: 10.000 đồng.")
    assert [(amount, channel, subject) for amount, channel, *_, subject, _ in found] == [
        (15000, "in_person", "Thay đổi"),
        (10000, "in_person", "Bổ sung"),
    ]
    assert checks == []


def test_the_channel_behind_the_amount():
    found, _, _ = rows(
        "50.000 đồng (nộp trực tiếp), 40.000 đồng (nộp trực tuyến): áp dụng tại 28 xã, phường"
    )
    assert [row[:3] for row in found] == [
        (50000, "in_person", "28 xã, phường"),
        (40000, "online", "28 xã, phường"),
    ]


def test_a_cap_holds_for_all_amounts_of_its_sentence():
    findings = Findings()
    line = (
        "2.000 đồng/trang; từ trang thứ 3 trở lên thu 1.000 đồng/trang, tối đa thu không quá "
        "200.000 đồng/bản."
    )
    read = read_fees([line], "", findings)
    assert [(fee.amount, fee.unit, fee.cap) for fee in read.rows] == [
        (2000, "trang", 200000),
        (1000, "trang", 200000),
    ]
    assert read.rows[1].subject == "từ trang thứ 3 trở lên"


def test_no_fee_in_a_territory_is_said():
    found, _, _ = rows(f"- Không có{HERE}.", "10.000 đồng (tỉnh Sóc Trăng cũ).")
    assert [row[:3] for row in found] == [
        (0, None, PLACE),
        (10000, None, "tỉnh Sóc Trăng cũ"),
    ]


@pytest.mark.parametrize("line", ["Không.", "- Không có", "Miễn lệ phí.", "Theo quy định.", ""])
def test_lines_without_amounts_are_no_rows(line):
    found, _, checks = rows(line)
    assert (found, checks) == ([], [])


@pytest.mark.parametrize(
    "line",
    [
        "Từ 5.000 đồng đến 10.000 đồng tùy trường hợp.",
        "Giảm 50% mức thu 8.000 đồng.",
        "Nộp trực tiếp và nộp trực tuyến: 8.000 đồng.",
        "8.000 đồng (áp dụng tại 3 xã), 5.000 đồng (áp dụng tại 4 phường).",
        "8.000 đồng (áp dụng tại 3 xã). Bản sao: 5.000 đồng.",
        "Nộp trực tuyến (áp dụng đến 31/02/2025): 4.000 đồng.",
        "Miễn lệ phí, trừ bản sao 8.000 đồng.",
        "75.000 đồng; nộp trực tuyến được giảm.",
        "Lệ phí 100.000 (áp dụng 50.000 đồng).",
    ],
)
def test_what_is_not_certain_stays_text_with_a_finding(line):
    found, _, checks = rows(line)
    assert (found, checks) == ([], ["fee_not_structured"])


def test_among_territories_a_fee_without_one_is_not_due_everywhere():
    found, _, checks = rows(f"8.000 đồng{HERE}", "5.000 đồng/trường hợp")
    assert [row[0] for row in found] == [8000]
    assert checks == ["fee_not_structured"]


def test_two_amounts_for_the_same_are_told():
    _, _, checks = rows(f"8.000 đồng{HERE}", f"5.000 đồng{HERE}")
    assert checks == ["fee_contradicts"]
