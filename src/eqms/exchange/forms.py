"""Forms (biểu mẫu) that stand behind a procedure in its file: documents of their own.

A citizen fills them in, so they keep the layout of Word; the procedure names them, and they are
made, put in force and taken back together with it.
"""

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from eqms.agencies.content import Agency
from eqms.documents.upload import Upload
from eqms.domain.codes import InvalidCode
from eqms.domain.codes import validate
from eqms.domain.vietnamese import fold
from eqms.domain.vietnamese import slug
from eqms.exchange.mapping import line
from eqms.exchange.reading import WORD
from eqms.exchange.word import ProcedureReading
from eqms.exchange.word.cutting import cut_form
from eqms.exchange.word.model import Annex
from itertools import groupby
from plone import api
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from plone.dexterity.utils import createContentInContainer
from plone.namedfile.file import NamedBlobFile
from typing import Any
import re


PORTAL_TYPE = "ControlledForm"

_CONDITION = re.compile(r"\s*\([^()]*\)|\s+theo mẫu\b.*", re.DOTALL)
_LONGEST_NAME = 80


@dataclass(frozen=True)
class Form:
    """A document that holds the forms of some titles; several may share a table of Word."""

    document: Any
    titles: tuple[str, ...]


def make_forms(
    agency: Agency, word: Upload, reading: ProcedureReading, draft: Mapping[str, Any]
) -> list[Form]:
    """Make a document of each form behind a procedure, its file being public with it.

    A form is issued together with its procedure, by the same unit and under the same number; its
    code is made of the procedure's.
    """
    shared = {name: draft.get(name) for name in ("issue_no", "amendment_no", "unit")}
    code = usable(draft["code"])
    forms = (annex for annex in reading.annexes if annex.kind == "form")
    places = groupby(forms, key=lambda annex: (annex.start, annex.end))
    return [
        _made(agency, word, list(annexes), shared, code and usable(f"BM {code}.{count:02}"))
        for count, (_place, annexes) in enumerate(places, 1)
    ]


def linked(draft: Mapping[str, Any], forms: Sequence[Form]) -> list[dict[str, Any]]:
    """The application forms a procedure names, each with its document, and those it forgot."""
    titled = {fold(title): form for form in forms for title in form.titles}
    rows = []
    for row in draft["application_forms"]:
        form = titled.pop(fold(_CONDITION.sub("", row.get("name") or "")), None)
        rows.append(row if form is None else {**row, "document": _uid(form)})
    linked_already = {row.get("document") for row in rows}
    rows += [
        {"name": sentence_case(title), "document": _uid(form)}
        for form in forms
        for title in form.titles
        if fold(title) in titled and _uid(form) not in linked_already
    ]
    return rows


def sentence_case(title: str) -> str:
    """A title in capitals as it stands in running text."""
    words = line(title)
    return words[:1] + words[1:].lower() if words.isupper() else words


def _made(
    agency: Agency,
    word: Upload,
    annexes: Sequence[Annex],
    shared: Mapping[str, Any],
    code: str | None,
) -> Form:
    titles = tuple(annex.title for annex in annexes)
    title = "; ".join(map(sentence_case, titles))
    document = createContent(PORTAL_TYPE, title=title, code=code)
    document._v_code_may_collide = True
    document._v_first_draft = {"title": title, **shared}
    document = addContentToContainer(agency, document)
    name = f"{slug(title)[:_LONGEST_NAME].strip('-')}.docx"
    data = cut_form(word.data, annexes[0].start, annexes[0].end, title)
    createContentInContainer(
        document["rev-1"],
        "File",
        id=name,
        title=title,
        file=NamedBlobFile(data, contentType=WORD, filename=name),
    )
    return Form(document, titles)


def usable(code: str) -> str | None:
    """A code as it is stored, or None for a text that can be none."""
    try:
        return validate(code)
    except InvalidCode:
        return None


def _uid(form: Form) -> str:
    return str(api.content.get_uuid(form.document))
