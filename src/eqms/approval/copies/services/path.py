"""What stands after ``@signed-copies`` in an address."""

from plone.restapi.services import Service
from typing import Any
from zExceptions import NotFound
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


@implementer(IPublishTraverse)
class CopiesService(Service):
    """Takes the names after the service's own."""

    def __init__(self, context: Any, request: Any) -> None:
        super().__init__(context, request)
        self.asked: list[str] = []

    def publishTraverse(self, request: Any, name: str) -> "CopiesService":
        """Take one more."""
        self.asked.append(name)
        return self

    def number(self) -> int:
        """The number of a copy, which stands first.

        :raises NotFound: if it is no number
        """
        if not self.asked[0].isdecimal():
            raise NotFound(self.asked[0])
        return int(self.asked[0])
