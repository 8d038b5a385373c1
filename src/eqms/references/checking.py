"""Saying that somebody looked up whether a legal text is still in force."""

from datetime import date
from plone import api
from typing import Any
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent


def mark_checked(text: Any, day: date) -> None:
    """Note that the person looked up the validity of a text, and when; a row says so.

    The caller has made sure that the person keeps the text.
    """
    text.checked_on = day
    text.checked_by = api.user.get_current().getId()
    notify(ObjectModifiedEvent(text))
    text.reindexObject(idxs=["modified"])
