"""What the catalog keeps of documents, so that no list has to wake them."""

from DateTime import DateTime
from datetime import date
from datetime import datetime
from eqms.agencies.lookup import agency_of
from eqms.documents.coding import former_codes
from eqms.documents.content import IControlledDocument
from eqms.documents.content import IRevision
from eqms.documents.content import number_of
from eqms.documents.content import register_of
from eqms.documents.dates import site_zone
from eqms.documents.snapshot import full_text
from eqms.domain.codes import canonical
from eqms.domain.reviewing import next_review
from eqms.domain.revisions import DocumentState
from eqms.domain.revisions import public_state
from eqms.domain.vietnamese import code_tokens
from eqms.domain.words import as_index
from plone import api
from plone.dexterity.content import CEILING_DATE
from plone.dexterity.content import FLOOR_DATE
from plone.indexer import indexer
from typing import Any


def revision_in_force(document: Any) -> Any | None:
    """The revision that readers get; None before the first issue and after the last."""
    entry = register_of(document).in_force
    return document._getOb(entry.id) if entry is not None else None


@indexer(IControlledDocument)
def code(document: Any) -> str | None:
    """The code as compared, so that one look-up finds it however it is written."""
    return canonical(document.code) if document.code else None


@indexer(IControlledDocument)
def codes(document: Any) -> list[str]:
    """The code and all former ones as compared: the document is found by each of them."""
    return [canonical(text) for text in _written_codes(document)]


@indexer(IControlledDocument)
def belongs_to(document: Any) -> str | None:
    """UID of the document that it belongs to, as a form to its procedure."""
    return document.belongs_to or None


@indexer(IControlledDocument)
def written_code(document: Any) -> str | None:
    """The code as it is written, for lists."""
    return document.code or None


@indexer(IControlledDocument)
def document_state(document: Any) -> str:
    """State of the document as everybody may know it.

    Whoever sees the document can read this column, so it does not tell of drafts; lists for staff
    find open revisions by their own entries, which carry their own permissions.
    """
    return public_state(register_of(document).document_state).value


@indexer(IControlledDocument)
def agency(document: Any) -> str | None:
    """UID of the issuing agency."""
    issuer = agency_of(document)
    return api.content.get_uuid(issuer) if issuer is not None else None


@indexer(IControlledDocument)
def field(document: Any) -> str | None:
    """Field of administration of the revision in force, by its letters."""
    revision = revision_in_force(document)
    return revision.field if revision is not None else None


@indexer(IControlledDocument)
def number(document: Any) -> str | None:
    """Issue and amendment number of the revision in force, as on paper."""
    revision = revision_in_force(document)
    if revision is None:
        return None
    return number_of(revision)


@indexer(IControlledDocument)
def issued_on(document: Any) -> DateTime | None:
    """When the revision in force was issued."""
    revision = revision_in_force(document)
    return _moment(revision.issued_at) if revision is not None else None


@indexer(IControlledDocument)
def in_force_from(document: Any) -> DateTime | None:
    """Since when the revision in force holds."""
    revision = revision_in_force(document)
    return _moment(revision.in_force_from) if revision is not None else None


@indexer(IControlledDocument)
def unit(document: Any) -> str | None:
    """UID of the unit in charge: the one that was named, or that drafted the revision in force."""
    if document.owner_unit:
        return str(document.owner_unit)
    revision = revision_in_force(document)
    return (revision.unit or None) if revision is not None else None


@indexer(IControlledDocument)
def review_due(document: Any) -> date | None:
    """The day of the next review; None if none is set, or nothing is in force."""
    revision = revision_in_force(document)
    if revision is None or document.review_due or not document.review_interval:
        return document.review_due if revision is not None else None
    since = revision.in_force_from.astimezone(site_zone()).date()
    return next_review(since, document.review_interval)


@indexer(IRevision)
def revision_number(revision: Any) -> str:
    """Its own issue and amendment number."""
    return number_of(revision)


@indexer(IRevision)
def revision_in_force_from(revision: Any) -> DateTime | None:
    """Since when it was in force, or from when it will be if it is issued already."""
    return _moment(revision.in_force_from or revision.due_at)


@indexer(IControlledDocument)
def unconfirmed(document: Any) -> bool:
    """Whether the revision in force was taken over and nobody has confirmed it yet."""
    revision = revision_in_force(document)
    return bool(revision is not None and is_unconfirmed(revision))


@indexer(IControlledDocument)
def searchable_text(document: Any) -> str:
    """Code, title and the words of the revision in force; of a hidden document only the first two.

    The code is entered as its tokens too, because the lexicon would split it.
    """
    words = [document.title or ""]
    for text in _written_codes(document):
        words += [text, *sorted(code_tokens(text))]
    revision = revision_in_force(document)
    if revision is not None:
        words.append(full_text(revision))
    return as_index(" ".join(words))


@indexer(IControlledDocument)
def document_effective(document: Any) -> DateTime:
    """In every range of dates; see `document_expires`."""
    return FLOOR_DATE


@indexer(IControlledDocument)
def document_expires(document: Any) -> DateTime:
    """Past for what is suspended or retired, so that nobody finds it who looks for what to go by.

    State alone decides. The dates that forms of the site let an editor set would hide a document
    in force from everybody who searches.
    """
    ended = register_of(document).document_state in (DocumentState.SUSPENDED, DocumentState.RETIRED)
    return FLOOR_DATE if ended else CEILING_DATE


@indexer(IRevision)
def revision_effective(revision: Any) -> DateTime:
    """In every range of dates: who may view a revision finds it."""
    return FLOOR_DATE


@indexer(IRevision)
def revision_expires(revision: Any) -> DateTime:
    """In every range of dates: who may view a revision finds it."""
    return CEILING_DATE


@indexer(IRevision)
def no_searchable_text(revision: Any) -> str:
    """Readers find documents; a revision is reached through its document."""
    return ""


def is_unconfirmed(revision: Any) -> bool:
    """Whether a revision was taken over from paper and no approver has confirmed it."""
    return bool(revision.taken_over) and not revision.taken_over.get("confirmed_at")


def _written_codes(document: Any) -> list[str]:
    former = [former.code for former in former_codes(document)]
    return [document.code, *former] if document.code else former


def _moment(value: datetime | None) -> DateTime | None:
    return DateTime(value.isoformat()) if value is not None else None
