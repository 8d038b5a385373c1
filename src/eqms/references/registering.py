"""Registering what documents cite and nobody has registered yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from eqms.domain.legal_texts import cited_as
from eqms.domain.legal_texts import keys_of
from eqms.domain.legal_texts import kind_of
from eqms.domain.legal_texts import KINDS
from eqms.domain.legal_texts import number_in
from eqms.references.folder import references_folder
from eqms.references.register import register_of_site
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from typing import Any


@dataclass(frozen=True)
class Citation:
    """A legal text as a document cites it; what the citation does not say is empty.

    ``text`` is the whole citation, ``title`` what the text is about or, of a law, its name.
    """

    text: str
    number: str = ""
    title: str = ""
    issuer: str = ""
    issued_on: date | None = None
    year: int | None = None


def register_cited(citations: Iterable[Citation]) -> list[Any]:
    """Register the texts that citations name and nobody has registered; returns the new ones.

    Whoever may bring in the document may name its grounds: no permission on the register is
    asked. A citation that may mean a registered text, or does not tell which text it means, makes
    nothing.
    """
    return [made for citation in citations if (made := _registered(citation)) is not None]


def _registered(citation: Citation) -> Any | None:
    number = citation.number or number_in(citation.text)
    kind = kind_of(citation.text)
    values = {
        "kind": kind,
        "number": number,
        "title": _title(citation, kind),
        "issuer": citation.issuer,
        "issued_on": citation.issued_on,
    }
    keys = keys_of(
        number,
        cited_as(kind, "", str(values["title"])),
        issuer=citation.issuer,
        issued_on=citation.issued_on,
    ).sure
    register = register_of_site()
    if kind not in KINDS or not keys or any(register.meant_by(key) for key in keys):
        return None
    text = createContent("LegalText", **values)
    return addContentToContainer(references_folder(), text, checkConstraints=False)


def _title(citation: Citation, kind: str) -> str:
    title = " ".join(citation.title.split()) or " ".join(citation.text.split())
    if not citation.number and citation.year and str(citation.year) not in title:
        title = f"{title} năm {citation.year}"
    return title[:1].upper() + title[1:1000]
