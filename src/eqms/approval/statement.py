"""The sentence that a signature stands under."""

from Acquisition import aq_parent
from eqms import _
from eqms.documents.content import number_of
from eqms.documents.errors import told
from typing import Any
from zope.i18nmessageid import Message


STATEMENTS = {
    "review": _(
        "statement_review", default="I have reviewed “${title}” (${code}, number ${number})."
    ),
    "approval": _(
        "statement_approval", default="I approve “${title}” (${code}, number ${number})."
    ),
}


def statement(revision: Any, meaning: str) -> str:
    """What a person states by signing a revision, in the language of the request."""
    mapping = {
        "title": revision.title,
        "code": aq_parent(revision).code or "–",
        "number": number_of(revision),
    }
    return told(Message(STATEMENTS[meaning], mapping=mapping))
