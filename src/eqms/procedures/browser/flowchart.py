"""The flow chart of a revision as a file: a picture, or a model for other tools."""

from Acquisition import aq_parent
from eqms.procedures.bpmn import bpmn
from eqms.procedures.flowchart import svg
from Products.Five.browser import BrowserView
from typing import Any
from zExceptions import NotFound


class FlowFile(BrowserView):
    """A file to be kept. A browser that shows it all the same runs nothing and loads nothing."""

    extension = ""
    content_type = ""

    def __call__(self) -> bytes:
        """The file.

        :raises NotFound: for a revision without steps
        """
        data = self.made(self.context)
        if not data:
            raise NotFound(self.__name__)
        name = f"{aq_parent(self.context).getId()}.{self.extension}"
        response = self.request.response
        response.setHeader("Content-Type", self.content_type)
        response.setHeader("Content-Disposition", f'attachment; filename="{name}"')
        response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox")
        response.setHeader("X-Content-Type-Options", "nosniff")
        return data

    def made(self, revision: Any) -> bytes:
        """The bytes of the file; empty if there is nothing to draw."""
        raise NotImplementedError


class Picture(FlowFile):
    """``@@flowchart.svg``."""

    extension = "svg"
    content_type = "image/svg+xml; charset=utf-8"

    def made(self, revision: Any) -> bytes:
        """The picture."""
        return svg(revision).encode()


class Model(FlowFile):
    """``@@flowchart.bpmn``: BPMN 2.0."""

    extension = "bpmn"
    content_type = "application/xml; charset=utf-8"

    def made(self, revision: Any) -> bytes:
        """The model."""
        return bpmn(revision)
