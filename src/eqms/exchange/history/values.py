"""Values of attributes as JSON and back, without loss and without running foreign code.

What JSON has no type for becomes an object with the key ``!``. Objects are made only of classes of
this add-on and of the few named here; anything else is refused on the way out, so that nothing is
left behind unnoticed.
"""

from BTrees.IOBTree import IOBTree
from BTrees.Length import Length
from BTrees.OOBTree import OOBTree
from BTrees.OOBTree import OOSet
from BTrees.OOBTree import OOTreeSet
from collections.abc import Callable
from dataclasses import fields
from dataclasses import is_dataclass
from DateTime import DateTime
from datetime import date
from datetime import datetime
from datetime import timedelta
from decimal import Decimal
from enum import Enum
from importlib import import_module
from pathlib import Path
from Persistence.mapping import PersistentMapping as ZopeMapping
from persistent import Persistent
from persistent.list import PersistentList
from persistent.mapping import PersistentMapping
from plone.app.textfield.value import RichTextValue
from plone.dexterity.content import DexterityContent
from plone.namedfile.file import NamedBlobFile
from plone.namedfile.file import NamedBlobImage
from typing import Any
import base64
import hashlib


TAG = "!"

OWN = "eqms."
"""Modules of this add-on begin so."""

_PLAIN = (type(None), bool, int, str)

# Kind -> class, how it becomes plain, how it comes back.
_SCALARS: dict[str, tuple[type, Callable[[Any], Any], Callable[[Any], Any]]] = {
    "float": (float, repr, float),
    "instant": (datetime, datetime.isoformat, datetime.fromisoformat),
    "day": (date, date.isoformat, date.fromisoformat),
    "span": (timedelta, lambda v: v // timedelta(microseconds=1), lambda v: timedelta(0, 0, v)),
    "decimal": (Decimal, str, Decimal),
    "bytes": (bytes, lambda v: base64.b64encode(v).decode(), base64.b64decode),
    "zope-time": (
        DateTime,
        lambda v: [repr(v.timeTime()), v.timezone()],
        lambda v: DateTime(float(v[0]), v[1]),
    ),
    "length": (Length, lambda v: v(), Length),
}

_LISTS: dict[str, type] = {
    "tuple": tuple,
    "set": set,
    "frozenset": frozenset,
    "plist": PersistentList,
    "OOSet": OOSet,
    "OOTreeSet": OOTreeSet,
}

_MAPPINGS: dict[str, type] = {
    "dict": dict,
    "pdict": PersistentMapping,
    "zope-dict": ZopeMapping,
    "OOBTree": OOBTree,
    "IOBTree": IOBTree,
}

_FILES: dict[str, type] = {"file": NamedBlobFile, "image": NamedBlobImage}


class NotPortable(TypeError):
    """A value that cannot be carried to another site; says which and where."""


class Codec:
    """Writes values as JSON, and files into a folder, under the SHA-256 of their bytes."""

    def __init__(self, files: Path) -> None:
        self.files = files

    def encode(self, value: Any, place: str = "") -> Any:
        """A value as JSON has it.

        :param place: where it stands, for the message
        :raises NotPortable: if it, or something in it, is of an unknown kind
        """
        kind = type(value)
        if kind in _PLAIN:
            return value
        if kind is list:
            return [self.encode(item, place) for item in value]
        if kind is dict and all(isinstance(key, str) and key != TAG for key in value):
            return {key: self.encode(item, f"{place}.{key}") for key, item in value.items()}
        return self._tagged(value, kind, place)

    def decode(self, value: Any) -> Any:
        """The value again.

        :raises NotPortable: if it names a class that is not of this add-on
        """
        if isinstance(value, list):
            return [self.decode(item) for item in value]
        if not isinstance(value, dict):
            return value
        if TAG not in value:
            return {key: self.decode(item) for key, item in value.items()}
        return self._untagged(value[TAG], value["v"])

    def _tagged(self, value: Any, kind: type, place: str) -> Any:
        for name, (scalar, out, _back) in _SCALARS.items():
            if kind is scalar:
                return {TAG: name, "v": out(value)}
        for name, listed in _LISTS.items():
            if kind is listed:
                return {TAG: name, "v": [self.encode(item, place) for item in value]}
        for name, mapping in _MAPPINGS.items():
            if kind is mapping:
                pairs = [
                    [self.encode(key, place), self.encode(item, f"{place}.{key}")]
                    for key, item in value.items()
                ]
                return {TAG: name, "v": pairs}
        for name, file in _FILES.items():
            if kind is file:
                return {TAG: name, "v": self._file(value)}
        if kind is RichTextValue:
            return {
                TAG: "rich",
                "v": [value.raw, value.mimeType, value.outputMimeType, value.encoding],
            }
        return self._own(value, kind, place)

    def _own(self, value: Any, kind: type, place: str) -> Any:
        if not kind.__module__.startswith(OWN) or isinstance(value, DexterityContent):
            raise NotPortable(f"{place} holds a {kind.__module__}.{kind.__qualname__}")
        name = f"{kind.__module__}:{kind.__qualname__}"
        if isinstance(value, Enum):
            return {TAG: name, "v": value.value}
        if isinstance(value, Persistent):
            return {TAG: name, "v": self.encode(dict(value.__getstate__() or {}), place)}
        if is_dataclass(value):
            members = {field.name: getattr(value, field.name) for field in fields(value)}
            return {TAG: name, "v": self.encode(members, place)}
        raise NotPortable(f"{place} holds a {name}")

    def _untagged(self, name: str, plain: Any) -> Any:
        if name in _SCALARS:
            return _SCALARS[name][2](plain)
        if name in _LISTS:
            return _LISTS[name](self.decode(plain))
        if name in _MAPPINGS:
            members = {self.decode(key): self.decode(item) for key, item in plain}
            return _MAPPINGS[name](members)
        if name in _FILES:
            return self._read_file(_FILES[name], plain)
        if name == "rich":
            return RichTextValue(*plain)
        return self._own_again(name, plain)

    def _own_again(self, name: str, plain: Any) -> Any:
        module, _colon, qualified = name.partition(":")
        if not module.startswith(OWN) or not qualified.isidentifier():
            raise NotPortable(f"{name} is no class of eqms")
        kind = getattr(import_module(module), qualified)
        if issubclass(kind, Enum):
            return kind(plain)
        members = self.decode(plain)
        made = kind.__new__(kind)
        if issubclass(kind, Persistent) and not issubclass(kind, DexterityContent):
            made.__setstate__(members)
        elif is_dataclass(kind):
            for member, item in members.items():
                object.__setattr__(made, member, item)
        else:
            raise NotPortable(f"{name} is no value")
        return made

    def _file(self, value: Any) -> dict[str, str]:
        data = value.data
        digest = hashlib.sha256(data).hexdigest()
        self.files.mkdir(parents=True, exist_ok=True)
        (self.files / digest).write_bytes(data)
        return {
            "sha256": digest,
            "filename": value.filename or "",
            "contentType": value.contentType,
        }

    def _read_file(self, kind: type, plain: dict[str, str]) -> Any:
        digest = plain["sha256"]
        data = (self.files / Path(digest).name).read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            raise NotPortable(f"the file {digest} is not what it was")
        return kind(data, plain["contentType"], plain["filename"] or None)
