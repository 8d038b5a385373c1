"""``GET /@needs-review`` of the site, ``GET /{agency}/@needs-review`` of an agency."""

from eqms.agencies.content import IAgency
from eqms.procedures.review import entry_json
from eqms.procedures.review import to_review
from eqms.references.listing import rows_of
from plone import api
from plone.restapi.batching import DEFAULT_BATCH_SIZE
from plone.restapi.batching import HypermediaBatch
from plone.restapi.deserializer import parse_int
from plone.restapi.services import Service
from typing import Any
from typing import Final


MOST_ROWS: Final = 200
"""So many rows at a time at most."""


class NeedsReviewGet(Service):
    """Procedures in force that cite what is outdated; filter ``reference`` by UID."""

    def reply(self) -> dict[str, Any]:
        """A batch of procedures, each with what it cites."""
        self.request.response.setHeader("Cache-Control", "private, no-store")
        agency = api.content.get_uuid(self.context) if IAgency.providedBy(self.context) else ""
        reference = self.request.form.get("reference", "")
        found = to_review(
            max(parse_int(self.request.form, "b_start", 0), 0),
            min(max(parse_int(self.request.form, "b_size", DEFAULT_BATCH_SIZE), 1), MOST_ROWS),
            agency,
            reference if isinstance(reference, str) else "",
        )
        batch = HypermediaBatch(self.request, range(found.total))
        rows = rows_of([row.brain for row in found.rows])
        result: dict[str, Any] = {
            "@id": batch.canonical_url,
            "items": [
                row | {"needs_review": [entry_json(entry) for entry in listed.outdated]}
                for row, listed in zip(rows, found.rows, strict=True)
            ],
            "items_total": found.total,
        }
        if batch.links:
            result["batching"] = batch.links
        return result
