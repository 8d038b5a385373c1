"""What stands after ``@staging`` in an address."""

from eqms.exchange.staging.storage import staged_file_by
from eqms.exchange.staging.storage import StagedFile
from eqms.exchange.staging.storage import Staging
from eqms.exchange.staging.storage import staging_by
from plone.restapi.services import Service
from typing import Any
from zExceptions import NotFound
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


@implementer(IPublishTraverse)
class StagingService(Service):
    """``@staging``, ``@staging/{id}``, ``@staging/{id}/{file}`` and ``@staging/{id}/commit``."""

    def __init__(self, context: Any, request: Any) -> None:
        super().__init__(context, request)
        self.asked: list[str] = []

    def publishTraverse(self, request: Any, name: str) -> "StagingService":
        """Take the parts after the service's name."""
        self.asked.append(name)
        return self

    def staging(self) -> Staging:
        """The staging asked for.

        :raises NotFound: if the agency has none with this number
        """
        staging = staging_by(self.context, self.asked[0])
        if staging is None:
            raise NotFound(self.asked[0])
        return staging

    def file(self) -> StagedFile:
        """The file asked for.

        :raises NotFound: if the staging has none with this number
        """
        file = staged_file_by(self.staging(), self.asked[1])
        if file is None:
            raise NotFound(self.asked[1])
        return file
