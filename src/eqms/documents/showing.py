"""How the value of a field is put into words, for comparing revisions.

Everything is text in the language of the request: nothing here is markup.
"""

from collections.abc import Iterable
from collections.abc import Mapping
from collective.z3cform.datagridfield.interfaces import IRow
from dataclasses import dataclass
from datetime import date
from eqms import _
from eqms.documents.content import IRevision
from eqms.documents.dates import moment_of
from eqms.documents.errors import told
from eqms.documents.htmltext import html_lines
from eqms.documents.interfaces import IFieldWords
from eqms.documents.snapshot import digest
from eqms.domain.alignment import Row
from eqms.domain.vietnamese import nfc
from plone.app.textfield.interfaces import IRichText
from plone.namedfile.interfaces import INamedField
from typing import Any
from zope.component import adapter
from zope.component import getMultiAdapter
from zope.interface import implementer
from zope.schema import getFieldsInOrder
from zope.schema.interfaces import IBool
from zope.schema.interfaces import IChoice
from zope.schema.interfaces import ICollection
from zope.schema.interfaces import IDate
from zope.schema.interfaces import IDatetime
from zope.schema.interfaces import IField


@dataclass(frozen=True)
class Prose:
    """A text of lines."""

    text: str


@dataclass(frozen=True)
class Table:
    """Rows of texts under heads; a list has one column."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def text(self) -> str:
        """The rows as lines, for a table inside a cell."""
        return "\n".join("; ".join(filter(None, row)) for row in self.rows)


def show(field: IField, revision: Any, value: Any) -> Prose | Table:
    """A value of a field of a revision, or of a column of its tables, in words."""
    words = getMultiAdapter((field.bind(revision), revision), IFieldWords)
    return words.shown(value)  # type: ignore[no-any-return]


@implementer(IFieldWords)
@adapter(IField, IRevision)
class FieldWords:
    """A field that nobody knows more about: its text."""

    def __init__(self, field: Any, revision: Any) -> None:
        self.field = field
        self.revision = revision

    def shown(self, value: Any) -> Prose | Table:
        """The value in words; empty if there is none."""
        return Prose(tidy("" if value is None else self.text(value)))

    def text(self, value: Any) -> str:
        """The words of a value that is there."""
        return str(value)


@adapter(IBool, IRevision)
class BoolWords(FieldWords):
    """Yes or no."""

    def text(self, value: Any) -> str:
        """One of two words."""
        return told(_("word_yes", default="Yes") if value else _("word_no", default="No"))


@adapter(IDate, IRevision)
class DateWords(FieldWords):
    """A day."""

    def text(self, value: date) -> str:
        """The day as officials write it."""
        return value.strftime("%d/%m/%Y")


@adapter(IDatetime, IRevision)
class InstantWords(FieldWords):
    """An instant."""

    def text(self, value: Any) -> str:
        """Day and time in the zone of the site."""
        return moment_of(value)


@adapter(IChoice, IRevision)
class ChoiceWords(FieldWords):
    """A choice by its title."""

    def text(self, value: Any) -> str:
        """The title in the vocabulary; the value itself if that knows it no more."""
        try:
            return told(self.field.vocabulary.getTerm(value).title)
        except LookupError:
            return str(value)


@adapter(IRichText, IRevision)
class RichTextWords(FieldWords):
    """Formatted text by its blocks."""

    def text(self, value: Any) -> str:
        """Paragraphs, list items and table cells as lines."""
        return html_lines(value.raw or "")


@adapter(ICollection, IRevision)
class CollectionWords(FieldWords):
    """A list, or a table if its items are rows."""

    def shown(self, value: Any) -> Table:
        """A row for each item, under the titles of the columns."""
        items = value or ()
        if not IRow.providedBy(self.field.value_type):
            rows = ((show(self.field.value_type, self.revision, item).text,) for item in items)
            return Table((told(self.field.title),), tuple(rows))
        columns = getFieldsInOrder(self.field.value_type.schema)
        heads = tuple(told(column.title) for _name, column in columns)
        return Table(heads, tuple(self.row(columns, item) for item in items))

    def row(self, columns: Iterable[tuple[str, IField]], item: Mapping[str, Any]) -> Row:
        """The texts of the cells of a row."""
        return tuple(self.cell(name, column, item.get(name)) for name, column in columns)

    def cell(self, name: str, column: IField, value: Any) -> str:
        """The text of a cell."""
        return show(column, self.revision, value).text


@adapter(INamedField, IRevision)
class FileWords(FieldWords):
    """A file by its facts."""

    def shown(self, value: Any) -> Table:
        """One row, or none without a file."""
        return Table(file_heads(), () if value is None else (file_facts(value),))


def file_heads() -> Row:
    """Titles of the facts of a file."""
    return (
        told(_("label_file_name", default="File name")),
        told(_("label_file_type", default="Type")),
        told(_("label_file_size", default="Bytes")),
        "SHA-256",
    )


def file_facts(file: Any) -> Row:
    """Name, type, size and SHA-256 of a stored file."""
    return (tidy(file.filename or ""), file.contentType, str(file.getSize()), digest(file))


def tidy(text: str) -> str:
    """Text in one Unicode form and with one kind of line ends, so that what looks equal is."""
    return nfc(text).replace("\r\n", "\n").replace("\r", "\n").strip()
