"""``@@docx``: a revision as a Word file, for the people of the agency."""

from Acquisition import aq_parent
from eqms.printing.browser.answer import describe
from eqms.printing.browser.answer import name_of
from eqms.printing.word import MEDIA_TYPE
from eqms.printing.word import OURS
from eqms.printing.word import word_of
from Products.Five.browser import BrowserView


class RevisionWord(BrowserView):
    """``{revision}/@@docx``."""

    def __call__(self) -> bytes:
        """The file.

        :raises Conflict: if the template of the agency cannot be filled
        """
        data = word_of(self.context)
        name = name_of(self.context, aq_parent(self.context).code, "docx")
        describe(self.request.response, MEDIA_TYPE, len(data), name, inline=False)
        return data


class TemplateDownload(BrowserView):
    """``{agency}/@@docx-template``: the template of the agency, or ours to begin with."""

    def __call__(self) -> bytes:
        """The file."""
        own = self.context.docx_template
        data = bytes(own.data) if own is not None else OURS.read_bytes()
        describe(self.request.response, MEDIA_TYPE, len(data), "template.docx", inline=False)
        return data
