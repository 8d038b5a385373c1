"""Pages that show what changed between revisions."""

from Acquisition import aq_parent
from eqms.documents.browser.redline import shown_fields
from eqms.documents.browser.redline import stylesheet
from eqms.documents.comparison import compare
from eqms.documents.comparison import Comparison
from eqms.documents.content import number_of
from eqms.documents.counterpart import counterpart
from eqms.documents.counterpart import in_order
from eqms.documents.counterpart import others
from eqms.documents.labels import state_label
from eqms.documents.workflow import state_of
from functools import cached_property
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any


class RedlineView(BrowserView):
    """``@@redline``: a fragment of HTML for the page of the signer.

    It shows what the revision changes in the one in force. Nobody needs to look for the change in
    two texts, and nobody can say that he was not shown it.
    """

    fragment = ViewPageTemplateFile("redline.pt")
    parts = ViewPageTemplateFile("redline_parts.pt")

    everything = False
    """Whether also what did not change is shown."""

    def __call__(self) -> str:
        """The fragment."""
        return str(self.fragment())

    @cached_property
    def other(self) -> Any | None:
        """The revision compared with."""
        return counterpart(self.context)

    @cached_property
    def comparison(self) -> Comparison | None:
        """The comparison; None if there is nothing to compare with."""
        return None if self.other is None else compare(*in_order(self.context, self.other))

    @property
    def stylesheet(self) -> str:
        """Address of the styles."""
        return stylesheet()

    @property
    def old(self) -> dict[str, Any]:
        """The older revision."""
        return named(self.comparison.old)

    @property
    def new(self) -> dict[str, Any]:
        """The newer revision."""
        return named(self.comparison.new)

    @cached_property
    def fields(self) -> list[dict[str, Any]]:
        """The fields that are shown."""
        return shown_fields(self.comparison, self.everything)


class ComparePage(RedlineView):
    """``@@compare``: two revisions of a document, ``?with=<seq>`` any two.

    :raises NotFound: if the other revision is not there for the caller
    """

    page = ViewPageTemplateFile("compare.pt")

    def __call__(self) -> str:
        """The page; portlets are no part of it."""
        for column in ("plone.leftcolumn", "plone.rightcolumn"):
            self.request.set(f"disable_{column}", True)
        return str(self.page())

    @property
    def everything(self) -> bool:
        """Asked for in the address."""
        return bool(self.request.form.get("all"))

    @cached_property
    def other(self) -> Any | None:
        """Asked for in the address, or the usual one."""
        return counterpart(self.context, self.request.form.get("with"))

    @property
    def document(self) -> dict[str, str]:
        """Address and name of the document of both."""
        document = aq_parent(self.context)
        name = " ".join(filter(None, (document.code, document.title)))
        return {"url": document.absolute_url(), "name": name}

    @property
    def own_number(self) -> str:
        """Number of the revision on the page."""
        return number_of(self.context)

    @property
    def choices(self) -> list[dict[str, Any]]:
        """The revisions to compare with."""
        return [
            named(revision)
            | {"link": self._link(revision), "chosen": revision.seq == self.other.seq}
            for revision in others(self.context)
        ]

    @property
    def switch_link(self) -> str:
        """The same comparison with everything, or with the changes only."""
        return self._link(self.other, everything=not self.everything)

    def _link(self, other: Any, everything: bool = False) -> str:
        address = f"{self.context.absolute_url()}/@@compare?with={other.seq}"
        return f"{address}&all=1" if everything else address


def named(revision: Any) -> dict[str, Any]:
    """What a revision is called on these pages."""
    return {
        "url": revision.absolute_url(),
        "number": number_of(revision),
        "state": state_label(revision, state_of(revision)),
    }
