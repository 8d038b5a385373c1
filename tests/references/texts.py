"""Registering and changing legal texts, as the people of the tests do it."""

from cast import acting
from datetime import date
from eqms.references.folder import references_folder
from plone.dexterity.utils import createContentInContainer
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent


DECREE = {
    "title": "Chi tiết thi hành Luật Hộ tịch",
    "kind": "decree",
    "number": "123/2015/NĐ-CP",
    "issuer": "Chính phủ",
    "issued_on": date(2015, 11, 15),
}


def add_text(by="controller", **values):
    with acting(by):
        return createContentInContainer(references_folder(), "LegalText", **{**DECREE, **values})


def change(text, by="controller", **values):
    with acting(by):
        for name, value in values.items():
            setattr(text, name, value)
        notify(ObjectModifiedEvent(text))
    return text


EXPIRED = {"validity": "expired", "validity_since": date(2026, 1, 1)}
