"""Two revisions compared field by field, and three of them to see who changed what.

Everything that comes out is plain text and data. Whoever shows it escapes it.
"""

from Acquisition import aq_base
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from eqms import _
from eqms.documents.drafting import OF_ONE_REVISION
from eqms.documents.errors import told
from eqms.documents.showing import file_facts
from eqms.documents.showing import file_heads
from eqms.documents.showing import Prose
from eqms.documents.showing import show
from eqms.documents.showing import Table
from eqms.documents.showing import tidy
from eqms.documents.snapshot import content_fields
from eqms.documents.snapshot import part_content
from eqms.documents.snapshot import plain
from eqms.documents.wordtext import word_text
from eqms.domain.redline import Block
from eqms.domain.redline import is_changed
from eqms.domain.redline import redline
from eqms.domain.redline import redline_rows
from eqms.domain.redline import RowRedline
from eqms.domain.redline import Verdict
from eqms.domain.redline import verdict
from eqms.domain.vietnamese import nfc
from itertools import chain
from plone import api
from plone.autoform.interfaces import READ_PERMISSIONS_KEY
from plone.dexterity.interfaces import IDexterityContent
from plone.namedfile.interfaces import IBlobby
from plone.supermodel.utils import mergedTaggedValueDict
from typing import Any
from zope.component import getUtility
from zope.schema.interfaces import IField
from zope.security.interfaces import IPermission


OF_EACH_REVISION = OF_ONE_REVISION | {"issue_no", "amendment_no", "change_class"}
"""Fields about a revision's own place and kind: nothing in them is taken over from another one."""

FORMATTING = _(
    "remark_formatting",
    default="The words are the same. Only formatting or invisible characters differ.",
)
NO_TEXT = _(
    "remark_no_text",
    default="The text of these files cannot be compared. Open both and read them.",
)


@dataclass(frozen=True)
class FieldRedline:
    """What changed in one field, or in one image or attachment (``parts/<id>``).

    What became of the words of a file stands in a field of its own, ``<name>:text``. A text has
    ``blocks``, a table ``heads`` and ``rows``. ``remark`` says what the words do not.
    """

    name: str
    title: str
    changed: bool
    blocks: tuple[Block, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[RowRedline, ...] = ()
    remark: str = ""


@dataclass(frozen=True)
class Comparison:
    """Two revisions of a document and all that the caller may read of them, in order."""

    old: Any
    new: Any
    fields: tuple[FieldRedline, ...]

    @property
    def changes(self) -> tuple[FieldRedline, ...]:
        """The fields in which something changed."""
        return tuple(field for field in self.fields if field.changed)


def compare(old: Any, new: Any) -> Comparison:
    """Compare two revisions, each of which the caller may view.

    Fields that the caller may not read in both are left out.
    """
    fields = [
        _compared(name, field, old, new)
        for name, field in content_fields(new)
        if may_read(field, old) and may_read(field, new)
    ]
    ids = dict.fromkeys(chain(old.objectIds(), new.objectIds()))
    parts = [_compared_part(name, old._getOb(name, None), new._getOb(name, None)) for name in ids]
    return Comparison(old, new, tuple(chain.from_iterable([*fields, *parts])))


def may_read(field: IField, revision: Any) -> bool:
    """Whether the caller may read a field of a revision that he may view."""
    needed = mergedTaggedValueDict(field.interface, READ_PERMISSIONS_KEY).get(field.__name__)
    if needed is None:
        return True
    permission = getUtility(IPermission, name=needed)
    return bool(api.user.has_permission(permission.title, obj=revision))


@dataclass(frozen=True)
class Change:
    """Who changed a value since the base, and the value that now stands in force.

    ``theirs`` is the very object of the other revision: who takes it over makes a copy.
    """

    verdict: Verdict
    theirs: Any


@dataclass(frozen=True)
class ThreeWay:
    """Changes of two revisions since their common base.

    ``fields`` by the name of the field; ``parts`` (images, attachments) by their id, where a
    missing part is None.
    """

    fields: Mapping[str, Change]
    parts: Mapping[str, Change]


def three_way(base: Any, mine: Any, theirs: Any) -> ThreeWay:
    """Compare a stale draft (mine) and the revision in force (theirs) with what both began as.

    Of the fields with the verdict ``THEIRS`` the draft may take over ``theirs`` without asking; a
    ``CONFLICT`` is for a person to decide. Number, class of the change and start are not compared.
    """
    bare = [aq_base(revision) for revision in (base, mine, theirs)]
    names = (name for name, _field in content_fields(mine) if name not in OF_EACH_REVISION)
    parts = dict.fromkeys(chain.from_iterable(revision.objectIds() for revision in bare))
    return ThreeWay(
        {name: _change(*(getattr(item, name, None) for item in bare)) for name in names},
        {part: _change(*(item._getOb(part, None) for item in bare)) for part in parts},
    )


def _change(base: Any, mine: Any, theirs: Any) -> Change:
    return Change(verdict(*map(_comparable, (base, mine, theirs))), theirs)


def _comparable(value: Any) -> Any:
    """A value or part as plain data; that nothing is there can be stored in several ways."""
    if IDexterityContent.providedBy(value):
        return plain(part_content(value))
    return None if value in ("", [], ()) else plain(value)


def _compared(name: str, field: IField, old: Any, new: Any) -> Iterator[FieldRedline]:
    """A field; the text of a file follows it as another one."""
    values = [getattr(aq_base(revision), name, None) for revision in (old, new)]
    shown = map(show, (field, field), (old, new), values)
    found = _redlined(name, told(field.title), *shown)
    if any(map(IBlobby.providedBy, values)):
        yield from _files(found, *values)
    elif not found.changed and _comparable(values[0]) != _comparable(values[1]):
        yield replace(found, changed=True, remark=told(FORMATTING))
    else:
        yield found


def _compared_part(name: str, old: Any, new: Any) -> Iterator[FieldRedline]:
    """An image or attachment; the text of its file follows as another field."""
    part = old if new is None else new
    kind = api.portal.get_tool("portal_types").getTypeInfo(part.portal_type).Title()
    heads = (told(_("label_title", default="Title")), told(_("label_summary", default="Summary")))
    shown = [Table((*heads, *file_heads()), _part_rows(item)) for item in (old, new)]
    found = _redlined(f"parts/{name}", f"{told(kind)}: {part.title or name}", *shown)
    yield from _files(found, _file_of(old), _file_of(new))


def _files(facts: FieldRedline, *files: Any) -> Iterator[FieldRedline]:
    """The facts of two files, and where their bytes differ, what became of their words."""
    if not facts.changed or any(file and file.contentType.startswith("image/") for file in files):
        yield facts
        return
    old, new = map(_text_of, files)
    if old is None or new is None:
        yield replace(facts, remark=told(NO_TEXT))
        return
    words = redline(old, new)
    if not is_changed(words):
        yield replace(facts, remark=told(FORMATTING))
        return
    yield facts
    title = told(_("label_file_text", default="${file}: text", mapping={"file": facts.title}))
    yield FieldRedline(f"{facts.name}:text", title, True, blocks=words)


def _redlined(name: str, title: str, old: Prose | Table, new: Prose | Table) -> FieldRedline:
    if isinstance(new, Table):
        rows = redline_rows(old.rows, new.rows)
        changed = any(row.changed for row in rows)
        return FieldRedline(name, title, changed, heads=new.heads, rows=rows)
    blocks = redline(old.text, new.text)
    return FieldRedline(name, title, is_changed(blocks), blocks=blocks)


def _part_rows(part: Any) -> tuple[tuple[str, ...], ...]:
    if part is None:
        return ()
    file = _file_of(part)
    facts = file_facts(file) if file is not None else ("",) * len(file_heads())
    return ((tidy(part.title or ""), tidy(part.description or ""), *facts),)


def _file_of(part: Any) -> Any:
    """The file or picture of an image or attachment; None without one."""
    bare = aq_base(part)
    return getattr(bare, "file", None) or getattr(bare, "image", None)


def _text_of(file: Any) -> str | None:
    """The words of a Word file; none without a file, None where they cannot be read."""
    if file is None:
        return ""
    with file.open() as stream:
        text = word_text(stream, file.getSize())
    return None if text is None else nfc(text)
