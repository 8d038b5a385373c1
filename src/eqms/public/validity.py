"""``@@validity``: is this copy on paper still valid? The code on paper leads here."""

from eqms import _
from eqms.agencies.lookup import agency_of
from eqms.documents.content import number_of
from eqms.documents.dates import day_of
from eqms.documents.errors import told
from eqms.documents.services.validity.get import copies_asked
from eqms.documents.validity import Copy
from eqms.domain.validity import Validity
from eqms.public.page import Page
from eqms.public.page import text_in
from functools import cached_property
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zExceptions import BadRequest


ANSWERS = {
    Validity.IN_FORCE: _("validity_in_force", default="Valid: this revision is in force"),
    Validity.NOT_YET: _("validity_not_yet", default="Not valid: this revision is not in force"),
    Validity.SUPERSEDED: _(
        "validity_superseded", default="Not valid any more: a newer revision has replaced it"
    ),
    Validity.SUSPENDED: _(
        "validity_suspended", default="Not to be used: the document is suspended"
    ),
    Validity.RETIRED: _("validity_retired", default="Not valid any more: the document is retired"),
}


class ValidityPage(Page):
    """The answer to the code on paper, or a form for who has only the code of the document."""

    template = ViewPageTemplateFile("validity.pt")

    @property
    def title(self) -> str:
        """Heading of the page."""
        return told(_("heading_validity", default="Is this copy valid?"))

    @cached_property
    def asked(self) -> dict[str, str]:
        """What is asked about."""
        names = ("uid", "revision", "hash", "code", "agency")
        return {name: text_in(self.request, name) for name in names}

    @property
    def is_asked(self) -> bool:
        """Whether there is a question."""
        return any(self.asked.values())

    @property
    def by_paper(self) -> bool:
        """Whether the question names the revision, as the code on paper does."""
        return bool(self.asked["uid"])

    @cached_property
    def copies(self) -> list[dict[str, Any]]:
        """What may be said, document by document; nothing of a question that makes no sense."""
        try:
            return [self._shown(copy) for copy in copies_asked(self.asked)]
        except BadRequest:
            return []

    def _shown(self, copy: Copy) -> dict[str, Any]:
        instead, successor = copy.replaced_by, copy.successor
        return {
            "validity": copy.validity.value,
            "answer": ANSWERS[copy.validity],
            "title": copy.document.title,
            "url": copy.document.absolute_url(),
            "code": copy.document.code or "",
            "agency": agency_of(copy.document).title,
            "number": copy.number,
            "issued_on": day_of(copy.revision.issued_at),
            "since": day_of(copy.since),
            "until": day_of(copy.until),
            "replaced_by": instead
            and {"number": number_of(instead), "since": day_of(instead.in_force_from)},
            "successor": successor
            and {
                "url": successor.getURL(),
                "title": " · ".join(filter(None, (successor.eqms_written_code, successor.Title))),
            },
        }
