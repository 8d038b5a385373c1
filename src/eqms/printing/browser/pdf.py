"""``@@pdf``: a revision as PDF, for whoever may view it."""

from Acquisition import aq_parent
from eqms import _
from eqms.documents.content import register_of
from eqms.documents.errors import forbidden
from eqms.printing.browser.answer import describe
from eqms.printing.browser.answer import name_of
from eqms.printing.copies import copy_of
from eqms.printing.copies import kept_copy
from eqms.printing.copies import may_control
from eqms.printing.frozen import MEDIA_TYPE
from plone import api
from plone.namedfile.utils import stream_data
from Products.Five.browser import BrowserView
from typing import Any
from zExceptions import NotFound


class RevisionPdf(BrowserView):
    """``{revision}/@@pdf``; with ``?controlled=1`` a controlled copy, for the controller only."""

    @property
    def revision(self) -> Any:
        """The context."""
        return self.context

    def __call__(self) -> Any:
        """The kept bytes if the revision is in force, or else a copy with its stamps.

        :raises Forbidden: if a controlled copy is asked for by somebody else
        :raises ServiceUnavailable: if the server cannot print now
        """
        revision, controlled = self.revision, bool(self.request.form.get("controlled"))
        if controlled and not may_control(revision):
            raise forbidden(
                _(
                    "error_controlled_copy",
                    default="Controlled copies are made by the document controller of the agency.",
                )
            )
        kept = None if controlled else kept_copy(revision)
        data = stream_data(kept.file) if kept else copy_of(revision, controlled)
        size = kept.size if kept else len(data)
        name = name_of(revision, aq_parent(revision).code, "pdf")
        describe(self.request.response, MEDIA_TYPE, size, name, inline=True)
        return data


class DocumentPdf(RevisionPdf):
    """``{document}/@@pdf``: the revision in force."""

    @property
    def revision(self) -> Any:
        """The revision in force.

        :raises NotFound: if there is none that the person may view
        """
        entry = register_of(self.context).in_force
        revision = self.context._getOb(entry.id) if entry is not None else None
        if revision is None or not api.user.has_permission("View", obj=revision):
            raise NotFound("pdf")
        return revision
