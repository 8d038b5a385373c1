"""Documents that wait for something to be done to them, each in a state of its own."""

from benchmarks.sites import add_page
from benchmarks.sites import add_procedure
from benchmarks.sites import folder_for
from benchmarks.sites import published
from eqms.approval import actions
from eqms.approval.authentication.proof import Proof
from eqms.documents.content import number_of
from eqms.documents.drafting import revise
from eqms.documents.switch import put_in_force
from eqms.domain.clock import now
from plone import api
from plone.app.textfield.value import RichTextValue
from typing import Any
from typing import NamedTuple
from unittest.mock import patch
import secrets


AGENCY = "do-toc-do"

REVIEWER = "xet"
APPROVER = "duyet"
GROUPS = {REVIEWER: "reviewers", APPROVER: "approvers"}

REVISIONS = 5
"""Of a document that has lived for some years."""


class Versions(NamedTuple):
    """What readers are shown, the version that comes and the one that goes."""

    shown: Any
    new: Any
    old: Any


def agency(portal: Any) -> Any:
    """The agency of these documents, with a reviewer and an approver, made when first needed."""
    if AGENCY in portal:
        return portal[AGENCY]
    made = api.content.create(portal, "Agency", id=AGENCY, title=AGENCY, code=AGENCY)
    for person, group in GROUPS.items():
        password = secrets.token_urlsafe(16)
        api.user.create(username=person, email=f"{person}@example.vn", password=password)
        api.group.add_user(groupname=made.group_ids[group], username=person)
    return made


def first_draft(portal: Any) -> Any:
    """The draft of a new document."""
    place = agency(portal)
    return add_procedure(place, len(place.objectIds()))["rev-1"]


def document_in_force(portal: Any) -> Any:
    """A document with a revision in force."""
    draft = first_draft(portal)
    put_in_force(draft, "migrate")
    return draft.__parent__


def next_draft(document: Any) -> Any:
    """A draft that says what was changed."""
    draft = revise(document)
    draft.amendments = [{"number": number_of(draft), "summary": "Sửa", "ground": "NQ 10"}]
    return draft


def nearly_approved(portal: Any) -> Any:
    """The fifth revision of a document, which lacks the last signature."""
    document = document_in_force(portal)
    for _ in range(REVISIONS - 2):
        put_in_force(next_draft(document), "migrate")
    draft = next_draft(document)
    submit(draft)
    with api.env.adopt_user(username=REVIEWER):
        sign(draft, "review")
    return draft


def submit(draft: Any) -> None:
    """Ask for the review."""
    actions.transition(draft, "submit")


def approve(draft: Any) -> None:
    """Give the last signature, which puts the revision in force."""
    sign(draft, "approval")


def sign(draft: Any, meaning: str) -> None:
    """Sign, without the time that the hashing of a password takes."""
    with patch.object(actions, "prove", lambda *_: Proof("password", now())):
        actions.sign(draft, meaning, "")


def private_page(portal: Any) -> Any:
    """A stock page with the words of a procedure that only its editor sees."""
    folder = folder_for(portal, 0)
    number = len(folder.objectIds())
    return add_page(folder, number, f"moi-{number}")


def public_page(portal: Any) -> Any:
    """The same, published."""
    return published(private_page(portal))


def versions(portal: Any) -> Versions:
    """Three stock pages in the place of a document and two of its revisions."""
    return Versions(public_page(portal), private_page(portal), public_page(portal))


def replace_version(pages: Versions) -> None:
    """Do by hand what a revision in force does: readers get a new text, two pages change state."""
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(pages.old, "retract")
        published(pages.new)
        html = f"<p>Sửa theo NQ 10</p>{pages.shown.text.raw}"
        pages.shown.text = RichTextValue(html, "text/html", "text/x-html-safe")
        pages.shown.reindexObject()
