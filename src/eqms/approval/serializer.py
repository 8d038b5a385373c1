"""Signatures in the JSON of a revision."""

from eqms.approval.manifest import manifest
from eqms.approval.manifest import public_manifest
from eqms.approval.permissions import VIEW_TRAIL
from eqms.documents.content import IRevision
from eqms.documents.interfaces import IRevisionSupplement
from plone import api
from typing import Any
from zope.component import adapter
from zope.interface import implementer
from zope.interface import Interface


@implementer(IRevisionSupplement)
@adapter(IRevision, Interface)
class Signatures:
    """``signatures``: all of them for who may see the trail, what is printed for everybody."""

    def __init__(self, revision: Any, request: Any) -> None:
        self.revision = revision

    def facts(self) -> dict[str, object]:
        """The member."""
        whole = api.user.has_permission(VIEW_TRAIL, obj=self.revision)
        return {"signatures": (manifest if whole else public_manifest)(self.revision)}
