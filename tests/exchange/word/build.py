"""Word files of procedures made for tests, in the customary layout and in others."""

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from io import BytesIO


CODE = "QT-VH-07"
TITLE = "Cấp phép tổ chức lễ hội"
STEPS_HEAD = ["TT", "Trình tự công việc", "Trách nhiệm", "Thời gian (05 ngày làm việc)"]
STEPS = [
    ["1", "Nhận hồ sơ:\n- Đủ: vào sổ\n- Thiếu: hướng dẫn bổ sung", "Bộ phận Một cửa", "½ ngày"],
    ["2", "Thẩm định nội dung", "Chuyên viên phòng Nghiệp vụ", "03 ngày"],
    ["3", "Ký giấy phép", "Lãnh đạo Sở", "01 ngày"],
    ["4", "Đóng dấu, trả kết quả", "Văn thư", "½ ngày"],
]
RECORDS_HEAD = ["TT", "Tên hồ sơ", "Nơi lưu", "Thời gian lưu"]
RECORDS = [
    ["1", "Hồ sơ đề nghị cấp phép", "Phòng Nghiệp vụ", "5 năm"],
    ["2", "Sổ theo dõi cấp phép", "Văn thư Sở", "Vĩnh viễn"],
]
CONTENT = [
    "5. NỘI DUNG",
    "a. Thành phần, số lượng hồ sơ:",
    "* Giấy tờ phải nộp:",
    "- Đơn đề nghị theo mẫu;",
    "- Phương án tổ chức, gồm:",
    "+ Chương trình chi tiết;",
    "+ Danh sách ban tổ chức;",
    "* Giấy tờ phải xuất trình:",
    "- Thẻ căn cước của người nộp;",
    "* Lưu ý:",
    "- Bản sao phải rõ nét.",
    "Số lượng hồ sơ: 01 bộ",
    "b. Thời hạn giải quyết: 05 ngày làm việc, kể từ ngày nhận đủ hồ sơ.",
    "c. Đối tượng thực hiện thủ tục hành chính: Tổ chức",
    "d. Cơ quan thực hiện thủ tục hành chính: Sở Văn hóa tỉnh Bình Minh",
    "Cơ quan phối hợp: Công an tỉnh",
    "đ. Kết quả thực hiện thủ tục hành chính: Giấy phép",
    "e. Phí, lệ phí: 200.000 đồng/hồ sơ",
    "g. Mẫu đơn, mẫu tờ khai: Đơn đề nghị cấp phép",
    "h. Yêu cầu, điều kiện thực hiện thủ tục hành chính: Không.",
    "i. Căn cứ pháp lý của thủ tục hành chính:",
    "- Luật Di sản văn hóa năm 2024;",
    "- Nghị định số 110/2018/NĐ-CP ngày 29/8/2018 của Chính phủ quy định về quản lý lễ hội;",
    "k. Quy trình các bước xử lý công việc:",
]
NOTES = [
    "*Ghi chú:",
    "1. Thời gian tính theo giờ hành chính.",
    "2. Có thể theo dõi trên phần mềm.",
]


def paragraphs(document, lines):
    for line in lines:
        document.add_paragraph(line)


def table(document, rows):
    """A table; rows may be ragged, missing cells stay empty."""
    made = document.add_table(rows=len(rows), cols=max(map(len, rows)))
    for row, texts in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            fill(cell, text)
    return made


def fill(cell, text):
    first, *others = text.split("\n")
    cell.paragraphs[0].text = first
    for line in others:
        cell.add_paragraph(line)


def merge(made, first, last):
    """Merge a rectangle of cells; only the text of the first stays."""
    top, bottom = made.cell(*first), made.cell(*last)
    for row in range(first[0], last[0] + 1):
        for column in range(first[1], last[1] + 1):
            if (row, column) != first:
                made.cell(row, column).text = ""
    kept = top.text
    merged = top.merge(bottom)
    for extra in merged.paragraphs[1:]:
        extra._element.getparent().remove(extra._element)
    fill(merged, kept)


def control(document):
    made = table(
        document,
        [
            ["SỞ VĂN HÓA", "QUY TRÌNH", f"Mã hiệu: {CODE}"],
            ["", TITLE, "Lần ban hành: 03"],
            ["", "", "Ngày ban hành: 09/3/2026"],
        ],
    )
    merge(made, (0, 0), (2, 0))
    merge(made, (1, 1), (2, 1))


def contents(document):
    headings = ["MỤC LỤC", "SỬA ĐỔI TÀI LIỆU", "1. MỤC ĐÍCH", "2. PHẠM VI"]
    headings += ["3. TÀI LIỆU VIỆN DẪN", "4. ĐỊNH NGHĨA/VIẾT TẮT", "5. NỘI DUNG QUY TRÌNH"]
    paragraphs(document, [*headings, "6. BIỂU MẪU", "7. HỒ SƠ CẦN LƯU"])


def signers(document):
    table(
        document,
        [
            ["Trách nhiệm", "Soạn thảo", "Xem xét", "Phê duyệt"],
            ["Họ tên", "Đỗ Thị Thử", "Lý Văn Mẫu", "Hồ Thị Nghiệm"],
            ["Chữ ký", "", "", ""],
            ["Chức vụ", "Chuyên viên", "Trưởng phòng", "Phó Giám đốc\nSở Văn hóa"],
        ],
    )


def amendments(document):
    document.add_paragraph("TRANG THEO DÕI SỬA ĐỔI TÀI LIỆU")
    head = ["STT", "Tóm lược nội dung cần sửa đổi", "Căn cứ về việc sửa đổi", "Lần sửa đổi"]
    table(document, [head, ["1", "Rút ngắn thời hạn", "Quyết định của Sở", "01"], [""] * 4])


def opening(document):
    paragraphs(
        document,
        [
            "1. MỤC ĐÍCH",
            "Nêu trình tự cấp phép lễ hội.",
            "2. PHẠM VI",
            "Áp dụng cho tổ chức có yêu cầu.",
            "3. TÀI LIỆU VIỆN DẪN",
            "- TCVN ISO 9001:2015.",
            "- Quy chế làm việc của Sở.",
            "4. ĐỊNH NGHĨA VÀ VIẾT TẮT",
            "- TTHC\t:\tThủ tục hành chính",
            "- Lễ hội là hoạt động văn hóa cộng đồng",
        ],
    )


def content(document):
    paragraphs(document, CONTENT)


def steps(document):
    table(document, [STEPS_HEAD, *STEPS])


def notes(document):
    paragraphs(document, NOTES)


def forms(document):
    paragraphs(document, ["6. BIỂU MẪU", "- Mẫu sổ theo dõi;", "- Xem mục 5 ở trên."])


def records(document):
    document.add_paragraph("7. HỒ SƠ LƯU TRỮ")
    table(document, [RECORDS_HEAD, *RECORDS])


def annexes(document):
    paragraphs(
        document,
        [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "ĐƠN ĐỀ NGHỊ",
            "CẤP PHÉP TỔ CHỨC LỄ HỘI",
            "Kính gửi: ……",
        ],
    )
    table(document, [["", "Ông", "Bà"], ["Họ và tên", "", ""]])


def margins(document):
    section = document.sections[0]
    section.header.paragraphs[0].text = f"Tên quy trình: {TITLE} ________"
    footer = section.footer.add_table(1, 3, section.page_width)
    texts = ["Ngày hiệu lực: 09/3/2026", "Trang: 2/9", "Lần ban hành: 3"]
    for cell, text in zip(footer.rows[0].cells, texts, strict=True):
        cell.text = text


PARTS = {
    "control": control,
    "contents": contents,
    "signers": signers,
    "amendments": amendments,
    "opening": opening,
    "content": content,
    "steps": steps,
    "notes": notes,
    "forms": forms,
    "records": records,
    "annexes": annexes,
    "margins": margins,
}


def customary(order=tuple(PARTS), **changes):
    """The bytes of a procedure; ``steps=None`` leaves a part out, a function replaces it."""
    parts = PARTS | changes
    return build(*(parts[name] for name in order if parts[name] is not None))


def build(*parts):
    """The bytes of a document made by the given functions, one after the other."""
    document = Document()
    for part in parts:
        part(document)
    return saved(document)


def lines(*texts):
    """A part of plain paragraphs."""
    return lambda document: paragraphs(document, texts)


def rows(*texts):
    """A part that is one table."""
    return lambda document: table(document, texts)


def timed(*times, head="Thời gian (05 ngày làm việc)"):
    """A step table whose steps have these times."""
    body = [
        [str(number), f"Việc {number}", "Chuyên viên", time] for number, time in enumerate(times, 1)
    ]
    return rows(["TT", "Trình tự công việc", "Trách nhiệm", head], *body)


def saved(document):
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def element(name, text=None, **attributes):
    """A WordprocessingML element, for what python-docx has no call for."""
    made = OxmlElement(name)
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    if text is not None:
        made.text = text
    return made


def wrap(inner, *names):
    """Put *inner* into elements of the given names, the outermost first."""
    for name in reversed(names):
        outer = element(name)
        outer.append(inner)
        inner = outer
    return inner
