"""One byte sequence for one value, so that a hash of it means something.

JSON after RFC 8785 (keys sorted by UTF-16 code units, no white space, UTF-8), made stricter and
wider for what documents hold:

* text is NFC, so the same Vietnamese word typed on two systems is the same;
* floats are refused, since their text depends on how they were computed; Decimal and int are not;
* Decimal is a string in plain notation without trailing zeros (``"0.5"``);
* an instant is a string in UTC with microseconds and ``Z``, a date is its ISO string;
* a tuple is a list, a set is a list in the order of its members' canonical text;
* bytes are refused: put a digest of them there.

A number and its string, or a date and its string, may therefore give the same bytes; what is
hashed has a fixed type in each place. Integers are written in full, beyond 2**53 too.
"""

from collections.abc import Mapping
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from datetime import datetime
from decimal import Decimal
from eqms.domain import clock
from eqms.domain import vietnamese
from typing import Final
import hashlib
import json


_LARGEST_EXPONENT: Final = 40

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]


class NotCanonical(ValueError):
    """The value, or something in it, has no canonical form."""


def canonical_json(value: object) -> bytes:
    """The canonical bytes of ``value``; raises NotCanonical if it has none."""
    return _text(_plain(value)).encode()


def content_hash(value: object) -> str:
    """SHA-256 of the canonical bytes of ``value``, 64 hex digits; raises NotCanonical."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def _text(plain: Json) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> Json:
    if value is None or isinstance(value, bool):
        return value
    match value:
        case int():
            return int(value)
        case str():
            return _string(value)
        case Decimal():
            return _decimal(value)
        case datetime():
            return _instant(value)
        case date():
            return value.isoformat()
    return _collection(value)


def _collection(value: object) -> Json:
    match value:
        case bytes() | bytearray() | memoryview():
            pass
        case Mapping():
            return _object(value)
        case AbstractSet():
            return sorted((_plain(member) for member in value), key=_text)
        case Sequence():
            return [_plain(member) for member in value]
    raise NotCanonical(f"{type(value).__name__} has no canonical form")


def _string(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical(f"not a Unicode text: {value!r}") from error
    return vietnamese.nfc(value)


def _decimal(value: Decimal) -> str:
    if not value.is_finite() or abs(value.adjusted()) > _LARGEST_EXPONENT:
        raise NotCanonical(f"not a number of ordinary size: {value}")
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if value else "0"


def _instant(value: datetime) -> str:
    if value.utcoffset() is None:
        raise NotCanonical(f"an instant needs a time zone: {value.isoformat()}")
    return clock.utc(value).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _object(value: Mapping[object, object]) -> dict[str, Json]:
    members: dict[str, Json] = {}
    for key, member in value.items():
        if not isinstance(key, str):
            raise NotCanonical(f"a key must be text: {key!r}")
        name = _string(key)
        if name in members:
            raise NotCanonical(f"two keys are the same in NFC: {name!r}")
        members[name] = _plain(member)
    return dict(sorted(members.items(), key=lambda member: member[0].encode("utf-16-be")))
