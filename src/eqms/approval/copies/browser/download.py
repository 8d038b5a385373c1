"""The file of a signed copy, for whoever may view the revision and its trail."""

from eqms.approval.copies.attaching import copy_of
from plone.namedfile.utils import set_headers
from plone.namedfile.utils import stream_data
from Products.Five.browser import BrowserView
from typing import Any
from zExceptions import NotFound
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


@implementer(IPublishTraverse)
class CopyDownload(BrowserView):
    """``{revision}/@@signed-copy/{number}``: always to be saved, never shown within the site."""

    number = ""

    def publishTraverse(self, request: Any, name: str) -> "CopyDownload":
        """Take the number; nothing comes after it."""
        if self.number:
            raise NotFound(name)
        self.number = name
        return self

    def __call__(self) -> Any:
        """The bytes as they were attached.

        :raises NotFound: if there is no such copy
        """
        if not self.number.isdecimal():
            raise NotFound(self.number)
        copy = copy_of(self.context, int(self.number))
        response = self.request.response
        set_headers(copy.file, response, filename=copy.filename)
        response.setHeader("X-Content-Type-Options", "nosniff")
        response.setHeader("Cache-Control", "private, no-store")
        return stream_data(copy.file)
