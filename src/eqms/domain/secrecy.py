"""Marks of state secrecy, which have no place in this system.

Law on the protection of state secrets (29/2018/QH14), article 8: the grades are Tuyệt mật, Tối
mật and Mật, and papers are stamped with them in capitals. Such papers are kept elsewhere; what is
public, internal or restricted here is never a grade of secrecy.
"""

from eqms.domain.vietnamese import nfc
from typing import Final
import re


_MARK: Final = re.compile(r"(?<!\w)(?<!BẢO )(?<!BÍ )(TUYỆT MẬT|TỐI MẬT|MẬT)(?!\w)")


def secrecy_marks(text: str) -> tuple[str, ...]:
    """The marks that stand in a text as they are stamped, each once, in order.

    Capitals only: ``bảo mật`` and ``BẢO MẬT`` (to keep safe) are ordinary words.
    """
    return tuple(dict.fromkeys(_MARK.findall(" ".join(nfc(text).split()))))
