"""What is stamped across or below the pages of a printed revision.

ISO 9001:2015, 7.5.3.2: obsolete editions are not used by mistake, and copies on paper are known
for what they are. The words are those of official practice and stay Vietnamese.
"""

from collections.abc import Mapping
from eqms.domain.revisions import State
from types import MappingProxyType
from typing import Final


UNCONTROLLED: Final = "BẢN IN KHÔNG KIỂM SOÁT"
CONTROLLED: Final = "BẢN KIỂM SOÁT"
UNCONFIRMED: Final = "DỮ LIỆU NẠP, CHƯA XÁC NHẬN"

_ACROSS: Final[Mapping[State, str]] = MappingProxyType(
    {
        State.DRAFT: "DỰ THẢO",
        State.IN_REVIEW: "DỰ THẢO",
        State.IN_APPROVAL: "DỰ THẢO",
        State.APPROVED: "CHƯA CÓ HIỆU LỰC",
        State.SUPERSEDED: "HẾT HIỆU LỰC",
        State.OBSOLETE: "HẾT HIỆU LỰC",
        State.SUSPENDED: "TẠM NGỪNG ÁP DỤNG",
        State.WITHDRAWN: "ĐÃ HỦY, CHƯA BAN HÀNH",
        State.DISPOSED: "ĐÃ TIÊU HỦY",
    }
)


def across(state: State, unconfirmed: bool = False) -> str:
    """What stands across every page; empty for a revision in force.

    :param unconfirmed: it was taken over from paper, and no approver has confirmed it yet
    """
    return _ACROSS.get(state, UNCONFIRMED if unconfirmed else "")


def below(controlled: bool) -> str:
    """What stands at the foot of every page: whether somebody answers for this copy.

    Only the document controller makes controlled copies, of what is in force; everybody else's
    print is uncontrolled.
    """
    return CONTROLLED if controlled else UNCONTROLLED
