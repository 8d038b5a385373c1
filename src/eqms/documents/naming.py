"""Ids of documents: from the code, never from a title that may be a secret draft's."""

from eqms.documents.content import IControlledDocument
from plone.app.content.interfaces import INameFromTitle
from typing import Any
from uuid import uuid4
from zope.component import adapter
from zope.interface import implementer


@implementer(INameFromTitle)
@adapter(IControlledDocument)
class NameFromCode:
    """The code, or type and a random part while there is none."""

    def __init__(self, context: Any) -> None:
        self.context = context

    @property
    def title(self) -> str:
        """What the id is made from."""
        return self.context.code or f"{self.context.portal_type}-{uuid4().hex[:8]}"
