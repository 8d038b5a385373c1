"""What follows the name of the service in the address."""

from plone.restapi.services import Service
from typing import Any
from zExceptions import NotFound
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


@implementer(IPublishTraverse)
class RequestsService(Service):
    """``@requests``, ``@requests/{number}`` or ``@requests/{number}/{act}``."""

    def __init__(self, context: Any, request: Any) -> None:
        super().__init__(context, request)
        self.path: tuple[str, ...] = ()

    def publishTraverse(self, request: Any, name: str) -> "RequestsService":
        """Take the next part of the address."""
        self.path = (*self.path, name)
        return self

    @property
    def number(self) -> int:
        """The number of the proposal.

        :raises NotFound: if it is none
        """
        if not self.path[0].isdecimal() or len(self.path[0]) > 6:
            raise NotFound("/".join(self.path))
        return int(self.path[0])
