"""The content of a revision as plain data: for its hash, its copy, its full text."""

from Acquisition import aq_base
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from copy import deepcopy
from datetime import date
from decimal import Decimal
from eqms.domain.canonical import content_hash
from html.parser import HTMLParser
from plone.app.textfield.interfaces import IRichTextValue
from plone.dexterity.utils import iterSchemata
from plone.namedfile.interfaces import IBlobby
from plone.namedfile.interfaces import INamedBlobFile
from plone.uuid.interfaces import IUUID
from typing import Any
from zope.schema import getFieldsInOrder
from zope.schema.interfaces import IField
import hashlib


OUTSIDE_CONTENT = frozenset({"seq", "kind", "based_on"})
"""Fields of a revision that its place in the document decides, not what it says."""

PART_FIELDS = ("title", "description", "file", "image")
"""What an image or attachment of a revision says; the rest of it belongs to the site."""

_CHUNK = 1 << 16


def content_fields(revision: Any) -> Iterator[tuple[str, IField]]:
    """Name and field of all that belongs to the content, over schema and behaviors."""
    for schema in iterSchemata(revision):
        for name, field in getFieldsInOrder(schema):
            if name not in OUTSIDE_CONTENT:
                yield name, field


def content(revision: Any) -> dict[str, Any]:
    """The content as canonical JSON can write it: fields by name, and the children.

    Files are represented by name, type and the SHA-256 of their bytes; formatted text by its
    source. Children (images in the text, attachments) stand under their ids. A field that the
    revision does not hold is left out: one that is added to the type later says nothing here.
    """
    held = aq_base(revision).__dict__
    fields = {name: plain(held[name]) for name, _field in content_fields(revision) if name in held}
    children = {
        child.getId(): {
            "type": child.portal_type,
            **{name: plain(value) for name, value in part_content(child).items()},
        }
        for child in revision.objectValues()
    }
    return {"fields": fields, "children": children}


def settle(revision: Any) -> None:
    """Let a revision hold every field of its type, so that a later default cannot change it."""
    held = aq_base(revision).__dict__
    for name, _field in content_fields(revision):
        if name not in held:
            setattr(revision, name, deepcopy(getattr(aq_base(revision), name, None)))


def part_content(part: Any) -> dict[str, Any]:
    """The content of an image or attachment; what its type does not have is left out."""
    values = {name: getattr(aq_base(part), name, None) for name in PART_FIELDS}
    return {name: value for name, value in values.items() if value is not None}


def hash_of(revision: Any) -> str:
    """SHA-256 of the content (hex): equal exactly when not one character or byte differs."""
    return content_hash({"schema_version": 1, "uid": IUUID(revision), **content(revision)})


def full_text(revision: Any) -> str:
    """All the words of a revision, for searching: every text of every field, without markup."""
    words: list[str] = []
    for name, _field in content_fields(revision):
        words.extend(_texts(getattr(revision, name, None)))
    return " ".join(words)


def plain(value: Any) -> Any:
    """A value of a field as canonical JSON can write it; a file by its name, type and SHA-256."""
    if value is None or isinstance(value, (str, int)):
        return value
    if IRichTextValue.providedBy(value):
        return {"html": value.raw or ""}
    if IBlobby.providedBy(value):
        return {
            "filename": value.filename or "",
            "type": value.contentType,
            "sha256": digest(value),
        }
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, AbstractSet):
        return sorted(plain(item) for item in value)
    return value


def digest(blob_file: INamedBlobFile) -> str:
    """SHA-256 of a stored file (hex), read in pieces."""
    summary = hashlib.sha256()
    with blob_file.open() as stream:
        while chunk := stream.read(_CHUNK):
            summary.update(chunk)
    return summary.hexdigest()


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif IRichTextValue.providedBy(value):
        yield html_to_text(value.raw or "")
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, date):
        yield value.strftime("%d/%m/%Y")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def html_to_text(html: str) -> str:
    """The words of an HTML text, one space between them."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    return " ".join(" ".join(parser.found).split())
