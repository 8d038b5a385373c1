"""Procedures of a realistic size, all different and the same in every run.

About 6,500 characters each; the number draws words and sentences from the lists below.
"""

from html import escape
from random import Random
from typing import Any


ACTS = ("Cấp", "Cấp lại", "Cấp đổi", "Gia hạn", "Điều chỉnh", "Đăng ký", "Xác nhận", "Thu hồi")
MATTERS = (
    "giấy phép xây dựng nhà ở riêng lẻ",
    "chứng chỉ hành nghề đo đạc và bản đồ",
    "giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm",
    "thẻ hướng dẫn viên du lịch nội địa",
    "giấy phép hoạt động bến thủy nội địa",
    "giấy phép khai thác nước dưới đất",
    "quyết định công nhận điểm du lịch",
    "giấy phép bán lẻ rượu",
    "giấy chứng nhận đăng ký hộ kinh doanh",
    "giấy phép liên vận quốc tế",
    "biển hiệu phương tiện vận tải khách",
    "giấy xác nhận nguồn gốc lâm sản",
    "phiếu kết quả kiểm định thiết bị",
    "giấy phép tổ chức triển lãm",
    "chứng nhận kiểm dịch động vật",
)
PEOPLE = (
    "Bộ phận tiếp nhận và trả kết quả",
    "Chuyên viên phòng chuyên môn",
    "Lãnh đạo phòng chuyên môn",
    "Lãnh đạo cơ quan",
    "Văn thư",
    "Cán bộ thẩm định thực địa",
)
WORK = (
    "kiểm tra từng thành phần, ghi rõ giấy tờ còn thiếu để người nộp bổ sung ngay trong ngày",
    "nhập thông tin vào phần mềm và in phiếu hẹn có ngày trả kết quả",
    "đối chiếu số liệu trong đơn với sổ theo dõi và bản đồ đang lưu tại cơ quan",
    "đi xem tại chỗ, lập biên bản có chữ ký của chủ hộ và đại diện thôn",
    "lấy ý kiến bằng văn bản của cơ quan phối hợp, nhắc lại khi quá hạn",
    "soạn tờ trình kèm dự thảo kết quả và bảng tổng hợp ý kiến",
    "xem xét dự thảo, sửa câu chữ hoặc trả lại kèm lý do cụ thể",
    "ký duyệt kết quả hoặc văn bản từ chối có nêu căn cứ",
    "vào sổ, đóng dấu, quét bản ký để đưa lên hệ thống",
    "thông báo cho người nộp qua tin nhắn và trả bản giấy khi họ đến nhận",
    "sắp hồ sơ theo số thứ tự, chuyển kho lưu vào cuối quý",
    "cập nhật sổ theo dõi, đánh dấu những trường hợp phải gia hạn",
)
PAPERS = (
    "đơn đề nghị theo mẫu của cơ quan",
    "bản sao giấy tờ về quyền sử dụng địa điểm",
    "bản vẽ mặt bằng có xác nhận của đơn vị thiết kế",
    "danh sách nhân sự kèm văn bằng chuyên môn",
    "phiếu khám sức khỏe còn hạn sáu tháng",
    "hai ảnh chân dung nền trắng",
    "biên lai nộp phí của lần gần nhất",
    "giấy ủy quyền khi nộp thay người khác",
)
TOPICS = (
    "trình tự tiếp nhận hồ sơ",
    "điều kiện hoạt động của cơ sở",
    "mức thu và cách nộp phí",
    "tiêu chuẩn kỹ thuật của thiết bị",
    "phân cấp quản lý giữa tỉnh và xã",
    "xử phạt vi phạm hành chính trong lĩnh vực",
    "lưu trữ hồ sơ điện tử",
    "giao dịch trên cổng dịch vụ công",
)
TEXTS = ("Luật", "Nghị định", "Thông tư", "Nghị quyết", "Quyết định")


def procedure(number: int) -> dict[str, Any]:
    """The content of a procedure, as REST takes it for a revision."""
    draw = Random(number)  # noqa: S311  nothing secret, the same in every run
    name = f"{draw.choice(ACTS)} {draw.choice(MATTERS)} số {number}"
    return {
        "title": name,
        "field": "HCTP",
        "level": "CX",
        "purpose": f"Thống nhất cách làm khi {name.lower()}, để mọi {_sentences(draw, 2)}",
        "scope": f"Áp dụng khi {name.lower()} tại cơ quan và các xã trực thuộc. {_sentences(draw)}",
        "responsibilities": _sentences(draw, 2),
        "references": [f"TCVN ISO 9001:2015, điều {clause}" for clause in (7, 8, 9, 10)],
        "definitions": [
            {"term": term, "meaning": f"{meaning} của cơ quan"}
            for term, meaning in (("BPMC", "Bộ phận một cửa"), ("CV", "Chuyên viên"))
        ],
        "applicants": "Cá nhân, tổ chức trong và ngoài tỉnh có nhu cầu.",
        "requirements": _sentences(draw, 2),
        "performing_body": "Phòng chuyên môn được giao theo quyết định phân công hằng năm",
        "competent_body": "Cơ quan ban hành quy trình này",
        "coordinating_body": "Ủy ban nhân dân xã nơi có địa điểm",
        "reception": "Quầy số 4, Bộ phận tiếp nhận và trả kết quả, giờ hành chính",
        "outcomes": [f"Văn bản: {name}", "Văn bản từ chối có nêu lý do"],
        "dossier": [
            {"text": f"{paper.capitalize()}, {_sentences(draw)}", "kind": "submit"}
            for paper in draw.sample(PAPERS, 6)
        ],
        "dossier_sets": "01 bộ",
        "application_forms": [{"name": f"Đơn đề nghị {name.lower()}", "code": f"BM-{number}-01"}],
        "applicant_sequence": _sentences(draw, 3),
        "time_limit_text": "05 ngày làm việc; trường hợp phải xem tại chỗ là 12 ngày làm việc.",
        "scenarios": [
            {"label": "Không xem tại chỗ", "value": "5", "unit": "working_day"},
            {"label": "Có xem tại chỗ", "value": "12", "unit": "working_day"},
        ],
        "steps": [_step(draw, times) for times in (("0,5", "0,5"), ("2", "7"), ("1", "3"))]
        + [_step(draw, times) for times in (("0,5", "0,5"), ("0,5", "0,5"), ("0,5", "0,5"))],
        "fees": [
            {"territory": area, "amount": draw.randrange(10, 90) * 1000, "unit": "hồ sơ"}
            for area in ("Phường", "Xã đồng bằng", "Xã miền núi")
        ],
        "fee_exemptions": _sentences(draw),
        "fee_basis": f"Nghị quyết số {draw.randrange(10, 90)}/2024/NQ-HĐND",
        "legal_bases": [_legal_basis(draw) for _ in range(12)],
        "forms": [{"name": f"Phiếu {word}", "code": f"BM-{number}-{word}"} for word in "ABCD"],
        "records": [
            {"name": paper.capitalize(), "keeper": draw.choice(PEOPLE), "retention": "5 năm"}
            for paper in draw.sample(PAPERS, 5)
        ],
    }


def _sentences(draw: Random, count: int = 1) -> str:
    chosen = zip(draw.choices(PEOPLE, k=count), draw.sample(WORK, count), strict=True)
    return " ".join(f"{person} {work}." for person, work in chosen)


def _step(draw: Random, times: tuple[str, str]) -> dict[str, Any]:
    return {
        "title": "; ".join(draw.sample(WORK, 3)).capitalize(),
        "responsible": draw.choice(PEOPLE),
        "times": [f"{time} ngày làm việc" for time in times],
        "output": f"Mẫu số {draw.randrange(1, 40):02}",
    }


def _legal_basis(draw: Random) -> dict[str, Any]:
    year, month, day = draw.randrange(2015, 2025), draw.randrange(1, 13), draw.randrange(1, 29)
    kind, number = draw.choice(TEXTS), f"{draw.randrange(1, 200)}/{year}"
    topic = draw.choice(TOPICS)
    return {
        "text": f"{kind} số {number} ngày {day:02}/{month:02}/{year} về {topic}",
        "number": number,
        "issued_on": f"{year}-{month:02}-{day:02}",
        "title": topic.capitalize(),
    }


def as_html(content: dict[str, Any]) -> str:
    """The words of a procedure as formatted text, the way a stock page would hold them."""
    return "\n".join(_html(value) for value in content.values())


def _html(value: Any) -> str:
    match value:
        case dict():
            cells = "".join(f"<td>{_html(item)}</td>" for item in value.values())
            return f"<tr>{cells}</tr>"
        case [dict(), *_]:
            return f"<table><tbody>{''.join(_html(row) for row in value)}</tbody></table>"
        case list():
            return "".join(_html(item) for item in value)
    return f"<p>{escape(str(value))}</p>"
