"""Reading prints back, and the procedure that is printed."""

from io import BytesIO
from pypdf import PdfReader


ADDRESS = "https://iso.example.vn"

PROCEDURE = {
    "purpose": "Thống nhất việc đăng ký khai sinh.",
    "scope": "UBND cấp xã.",
    "dossier": [
        {"text": "Tờ khai đăng ký khai sinh", "kind": "submit"},
        {"text": "Căn cước", "kind": "present"},
    ],
    "scenarios": [{"label": "không xác minh", "value": "5", "unit": "working_day"}],
    "coordinating_body": "Công an cấp xã",
    "legal_bases": [{"text": "Luật Hộ tịch năm 2014"}],
    "steps": [
        {"title": "Tiếp nhận hồ sơ", "responsible": "Cán bộ tiếp nhận", "times": ["½ ngày"]},
        {"title": "Thẩm tra", "responsible": "Công chức tư pháp", "times": ["03 ngày"]},
    ],
    "records": [{"name": "Sổ khai sinh", "keeper": "UBND xã", "retention": "Vĩnh viễn"}],
}


def fill(revision, **values):
    """Write what a procedure says into a draft."""
    for name, value in (PROCEDURE | values).items():
        setattr(revision, name, value)
    return revision


def texts(data):
    """The text of each page, with single spaces."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(data)).pages]
