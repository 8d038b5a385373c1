"""What stands after ``@imports`` in an address."""

from eqms.exchange.storage import Batch
from eqms.exchange.storage import batch_by
from plone.restapi.services import Service
from typing import Any
from zExceptions import NotFound
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


@implementer(IPublishTraverse)
class ImportsService(Service):
    """``@imports``, ``@imports/{id}`` and ``@imports/{id}/undo``."""

    def __init__(self, context: Any, request: Any) -> None:
        super().__init__(context, request)
        self.asked: list[str] = []

    def publishTraverse(self, request: Any, name: str) -> "ImportsService":
        """Take the parts after the service's name."""
        self.asked.append(name)
        return self

    def batch(self) -> Batch:
        """The batch asked for.

        :raises NotFound: if the agency has no batch with this number
        """
        batch = batch_by(self.context, self.asked[0])
        if batch is None:
            raise NotFound(self.asked[0])
        return batch
