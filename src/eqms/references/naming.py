"""Ids of references: from number or code, so that their addresses are short and tell something."""

from eqms.references.content import IAdministrativeProcedure
from eqms.references.content import ILegalText
from plone.app.content.interfaces import INameFromTitle
from typing import Any
from zope.component import adapter
from zope.interface import implementer


@implementer(INameFromTitle)
class _Name:
    def __init__(self, context: Any) -> None:
        self.context = context


@adapter(ILegalText)
class NameOfLegalText(_Name):
    """The number, or the title of what has none."""

    @property
    def title(self) -> str:
        """What the id is made from."""
        return str(self.context.number or self.context.title)


@adapter(IAdministrativeProcedure)
class NameOfAdministrativeProcedure(_Name):
    """The code."""

    @property
    def title(self) -> str:
        """What the id is made from."""
        return f"tthc-{self.context.code}"
