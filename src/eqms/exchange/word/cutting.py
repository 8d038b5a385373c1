"""A form cut out of the Word file of its procedure, as a Word file of its own.

It keeps what decides how it looks (styles, numbering, theme, fonts, pictures, the page it is
printed on) and nothing else: no page header with the control block of the procedure, no names of
authors, no template on somebody's disk.
"""

from copy import deepcopy
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.ns import nsmap
from docx.oxml.ns import qn
from eqms.exchange.word.package import open_document
from io import BytesIO
from typing import Any


_TITLE_LENGTH = 200
_KEPT = {
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.NUMBERING,
    RELATIONSHIP_TYPE.THEME,
    RELATIONSHIP_TYPE.FONT_TABLE,
    RELATIONSHIP_TYPE.SETTINGS,
    RELATIONSHIP_TYPE.WEB_SETTINGS,
}
_NOTES = {
    RELATIONSHIP_TYPE.FOOTNOTES: "footnoteReference",
    RELATIONSHIP_TYPE.ENDNOTES: "endnoteReference",
}
_PROPERTIES = {
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
    RELATIONSHIP_TYPE.CORE_PROPERTIES,
}
_RELATION = f"{{{nsmap['r']}}}"
_MARGINS = (qn("w:headerReference"), qn("w:footerReference"), qn("w:titlePg"))
#: What refers to something outside the form: another template, other documents, a comment.
_REFERENCES = (
    "attachedTemplate",
    "mailMerge",
    "commentRangeStart",
    "commentRangeEnd",
    "commentReference",
)
_INSERTED = ("w:ins", "w:moveTo")
_DELETED = ("w:del", "w:moveFrom", "w:rPrChange", "w:pPrChange", "w:tblPrChange", "w:trPrChange")
_DELETED += ("w:tcPrChange", "w:sectPrChange", "w:tblGridChange", "w:numberingChange")


def cut_form(source: bytes, start: int, end: int, title: str) -> bytes:
    """The elements of the body from *start* to before *end* as a Word file.

    Raises a subclass of :class:`~eqms.exchange.word.errors.UnreadableFile` for what is no Word
    document, and :class:`ValueError` for a place that the body does not have.
    """
    document = open_document(source)
    body = document.element.body
    elements = [child for child in body if child.tag != qn("w:sectPr")]
    if not 0 <= start < end <= len(elements):
        raise ValueError(f"the body has no elements {start} to {end}")
    page = deepcopy(_page_of(body, elements, end))
    kept = elements[start:end]
    for element in [*body]:
        if element not in kept:
            body.remove(element)
    for carrier in body.findall(f"{qn('w:p')}/{qn('w:pPr')}/{qn('w:sectPr')}"):
        carrier.getparent().remove(carrier)
    body.append(page)
    _drop_margins(body)
    _accept_changes(body)
    _drop_references(document)
    _drop_relations(document.part)
    _reset_properties(document, title)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _page_of(body: Any, elements: list[Any], end: int) -> Any:
    """The section that lays out the last element: the next one that ends at or behind it."""
    for element in elements[end - 1 :]:
        found = element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if found is not None:
            return found
    found = body.find(qn("w:sectPr"))
    return body.makeelement(qn("w:sectPr")) if found is None else found


def _drop_margins(body: Any) -> None:
    for section in body.iter(qn("w:sectPr")):
        for element in [*section]:
            if element.tag in _MARGINS:
                section.remove(element)


def _accept_changes(body: Any) -> None:
    """A form is handed out as it reads: without what was deleted, and without who changed what."""
    for element in [*body.iter(*map(qn, _INSERTED))]:
        parent, place = element.getparent(), element.getparent().index(element)
        parent[place : place + 1] = [*element]
    for element in [*body.iter(*map(qn, _DELETED))]:
        element.getparent().remove(element)


def _drop_references(document: Document) -> None:
    for root in (document.element, document.settings.element):
        for name in _REFERENCES:
            for element in [*root.iter(qn(f"w:{name}"))]:
                element.getparent().remove(element)


def _drop_relations(part: Part) -> None:
    """Keep the relations of the look and those the form itself uses."""
    for relation in part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.SETTINGS:
            relation.target_part.rels.clear()
    used = {
        value
        for element in part.element.iter()
        for name, value in element.attrib.items()
        if name.startswith(_RELATION)
    }
    tags = {element.tag for element in part.element.iter()}
    for name, relation in [*part.rels.items()]:
        note = _NOTES.get(relation.reltype)
        cited = note is not None and qn(f"w:{note}") in tags
        if not (name in used or cited or relation.reltype in _KEPT):
            del part.rels[name]


def _reset_properties(document: Document, title: str) -> None:
    properties = document.core_properties
    for name in ("author", "last_modified_by", "comments", "keywords", "subject", "category"):
        setattr(properties, name, "")
    properties.title = title[:_TITLE_LENGTH]
    package = document.part.package
    for name, relation in [*package.rels.items()]:
        if relation.reltype not in _PROPERTIES:
            del package.rels[name]
