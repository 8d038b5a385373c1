"""``GET /{document}/@revisions`` and ``GET /{document}/@revisions/{seq}``."""

from eqms.documents.content import register_of
from eqms.documents.serializer import revision_facts
from eqms.documents.serializer import revision_json
from plone import api
from plone.restapi.batching import HypermediaBatch
from plone.restapi.services import Service
from typing import Any
from zExceptions import NotFound
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


@implementer(IPublishTraverse)
class RevisionsGet(Service):
    """Newest first; what the caller may not view is not there."""

    def __init__(self, context: Any, request: Any) -> None:
        super().__init__(context, request)
        self.asked: list[str] = []

    def publishTraverse(self, request: Any, name: str) -> "RevisionsGet":
        """Take the number after the service's name."""
        self.asked.append(name)
        return self

    def reply(self) -> dict[str, Any]:
        """A batch of revisions without content, or the one asked for, whole."""
        if not self.asked:
            return self._listing()
        for revision in visible_revisions(self.context):
            if [str(revision.seq)] == self.asked:
                return revision_json(revision, self.request)
        raise NotFound("/".join(self.asked))

    def _listing(self) -> dict[str, Any]:
        revisions = visible_revisions(self.context)
        batch = HypermediaBatch(self.request, revisions)
        result: dict[str, Any] = {
            "@id": batch.canonical_url,
            "items": [revision_facts(revision) for revision in batch],
            "items_total": batch.items_total,
        }
        if batch.links:
            result["batching"] = batch.links
        return result


def visible_revisions(document: Any) -> list[Any]:
    """The revisions of a document that the present user may view, newest first."""
    revisions = (document._getOb(entry.id) for entry in reversed(register_of(document).entries))
    return [item for item in revisions if api.user.has_permission("View", obj=item)]
