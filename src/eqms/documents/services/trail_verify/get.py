"""``GET /{document, agency or site}/@trail-verify``."""

from eqms.documents.trails import subjects_of
from eqms.trail import verification
from plone.restapi.batching import HypermediaBatch
from plone.restapi.services import Service
from Products.CMFCore.interfaces import ISiteRoot
from typing import Any


class TrailVerifyGet(Service):
    """Checks a batch of trails: each is read as a whole, which takes its time."""

    def reply(self) -> dict[str, Any]:
        """What is wrong with the trails of this batch; an empty list means nothing is.

        The first batch of the site also says what has no trail, and what is wrong with the
        checkpoints.
        """
        self.request.response.setHeader("Cache-Control", "private, no-store")
        batch = HypermediaBatch(self.request, subjects_of(self.context))
        findings = []
        if ISiteRoot.providedBy(self.context) and batch.batch.start == 1:
            findings += verification.without_trail() + verification.check_checkpoints()
        checked = 0
        for subject in batch:
            findings += verification.check(subject)
            verification.release_memory()
            checked += 1
        result: dict[str, Any] = {
            "@id": batch.canonical_url,
            "checked": checked,
            "findings": [finding.as_json() for finding in findings],
            "items_total": batch.items_total,
        }
        if batch.links:
            result["batching"] = batch.links
        return result
