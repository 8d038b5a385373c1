"""Legal texts named in a line: "Nghị định số 123/2015/NĐ-CP ngày 15/11/2015 của Chính phủ …"."""

from collections.abc import Iterable
from collections.abc import Iterator
from eqms.exchange.word.model import LegalBasis
from eqms.exchange.word.text import find_date
from eqms.exchange.word.text import split_bullet
import re


_KINDS = (
    "Hiến pháp",
    "Bộ luật",
    "Luật",
    "Pháp lệnh",
    "Nghị quyết liên tịch",
    "Nghị quyết",
    "Nghị định",
    "Quyết định",
    "Thông tư liên tịch",
    "Thông tư",
    "Chỉ thị",
    "Công văn",
    "Kế hoạch",
    "Văn bản hợp nhất",
)
_KIND = re.compile(rf"(?:Các\s+)?(?P<kind>{'|'.join(_KINDS)})\b", re.I)
_SPLIT = re.compile(rf";\s*(?=(?:{'|'.join(_KINDS)})\b)", re.I)
_NUMBER = re.compile(r"(?P<number>\d+\w*(?:/\d{4})?/[A-ZĐ][\w&]*(?:-[A-ZĐ][\w&]*)*)")
_DATED = re.compile(
    r"ngày\s+(?:\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}"
    r"|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})",
    re.I,
)
_YEAR = re.compile(r"(?:\bnăm\s+|\s)(?P<year>(?:19|20)\d{2})\b")
_ABOUT = re.compile(
    r"\s(?P<title>(?:quy\s+đ[iị]nh|về|sửa đổi|hướng dẫn|ban hành|bãi bỏ|công bố|phê duyệt"
    r"|phân cấp|thông qua|hợp nhất)\b.*)",
    re.I | re.S,
)
_ISSUER = re.compile(r"\bcủa\s+(?P<issuer>\S.*)", re.S)


def read_legal_bases(lines: Iterable[str]) -> list[LegalBasis]:
    """One entry per legal text; a line may name several, a text of no known kind stays as it is."""
    return [_basis(text) for text in _texts(lines)]


def _texts(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        for text in _SPLIT.split(split_bullet(line)[1]):
            if text := text.strip(" ;."):
                yield text


def _basis(text: str) -> LegalBasis:
    basis = LegalBasis(text)
    if (kind := _KIND.match(text)) is None:
        return basis
    basis.kind = kind["kind"].capitalize()
    about = _ABOUT.search(text)
    head = text[: about.start()] if about else text
    if number := _NUMBER.search(head):
        basis.number = number["number"]
    if dated := _DATED.search(head):
        basis.issued_on = find_date(dated[0])
    elif year := _YEAR.search(head):
        basis.year = int(year["year"])
    if issuer := _ISSUER.search(head):
        basis.issuer = _DATED.split(issuer["issuer"])[0].strip(" ,")
    if about:
        basis.title = about["title"].strip()
    elif not basis.number:
        basis.title = _YEAR.sub("", head).strip(" ,")
    return basis
