"""Findings of the checks told to a person, in the language of a request."""

from eqms import _
from eqms.documents.content import IControlledDocument
from eqms.documents.content import IRevision
from eqms.domain.procedure_checks import Finding
from eqms.domain.procedure_checks import Place
from eqms.procedures.content import IProcedureContent
from eqms.procedures.finding_words import message_of
from eqms.procedures.finding_words import SEVERITY_TITLES
from plone import api
from typing import Any
from zope.i18n import translate
from zope.i18nmessageid import Message


class Telling:
    """Puts findings into words."""

    def __init__(self, request: Any) -> None:
        self._request = request
        self._language = "vi" if api.portal.get_current_language() == "vi" else "en"

    def sentence(self, finding: Finding) -> str:
        """What was found."""
        return self._told(message_of(finding, self._language, self._told))

    def place(self, finding: Finding) -> str:
        """Where it was found: "Records to keep, row 2"."""
        return self._told(place_of(finding.place))

    def severity(self, finding: Finding) -> str:
        """How much it weighs."""
        return self._told(SEVERITY_TITLES[finding.severity])

    def whole(self, finding: Finding) -> str:
        """Place and sentence."""
        blanks = {"place": self.place(finding), "finding": self.sentence(finding)}
        return self._told(_("finding_at_place", default="${place}: ${finding}", mapping=blanks))

    def _told(self, message: Message | str) -> str:
        return str(translate(message, context=self._request))


def place_of(place: Place) -> Message | str:
    """A place as people point at it."""
    title = field_title(place.field)
    if place.row is None:
        return title
    blanks = {"field": title, "row": place.row + 1}
    return _("place_field_row", default="${field}, row ${row}", mapping=blanks)


def field_title(name: str) -> Message | str:
    """The title of a field of procedures, its name if there is no such field."""
    if name == "issued_on":
        # No field: an approved revision is given its day.
        return _("label_issued_on", default="Issued on")
    for schema in (IProcedureContent, IRevision, IControlledDocument):
        if name in schema:
            return schema[name].title
    return name
