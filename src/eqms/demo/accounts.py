"""Accounts of the demo that people log in with."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final


ACCOUNTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "soanthao": "người soạn thảo, Sở Tư pháp (author)",
        "soanthao2": "người soạn thảo thứ hai, Sở Tư pháp (second author)",
        "xemxet": "người xem xét, Sở Tư pháp (reviewer)",
        "pheduyet": "người phê duyệt, Phó Giám đốc Sở Tư pháp (approver)",
        "giamdoc": "người phê duyệt, Giám đốc Sở Tư pháp (head of the agency)",
        "thukyiso": "thư ký ISO, Sở Tư pháp (document controller)",
        "chuongtrinh": "cán bộ chương trình ISO điện tử, toàn tỉnh (programme officer)",
        "danhgia": "đánh giá viên, toàn tỉnh (QMS auditor)",
        "bgn.vanthu": "thư ký ISO, UBND phường Bắc Gia Nghĩa (document controller)",
    }
)
"""Login and what it is for, as `load` wants a password for each."""
