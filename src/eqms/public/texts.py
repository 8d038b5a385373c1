"""What is kept in memory of revisions that cannot change any more; drafts are made anew."""

from eqms.documents.browser.body import today
from eqms.documents.content import number_of
from eqms.documents.content import register_of
from eqms.public.memory import kept
from plone import api
from typing import Any


def body_of(revision: Any, request: Any) -> str:
    """What ``@@revision-body`` makes of a revision that the caller knows may be read.

    Rendered once a day, because fees come and go with the day.
    """

    def make() -> str:
        return str(api.content.get_view("revision-body", revision, request)())

    if revision.content_hash is None:
        return make()
    key = (
        "body",
        api.content.get_uuid(revision),
        revision.content_hash,
        revision.absolute_url(),
        api.portal.get_current_language(),
        today(),
    )
    return kept(key, make)


def replaced_number(document: Any, uid: str) -> str:
    """Number of the revision that was in force before this one; empty if none was."""
    entry = register_of(document).before(uid)
    if entry is None:
        return ""
    return kept(("number", entry.uid), lambda: number_of(document._getOb(entry.id)))
