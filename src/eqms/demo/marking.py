"""Every answer of a site with the demo says that it is one, and asks not to be indexed."""

from plone.app.layout.viewlets import ViewletBase
from plone.registry import field
from plone.registry import Record
from plone.registry.interfaces import IRegistry
from typing import Final
from zope.component import getUtility
from zope.component import queryUtility
from ZPublisher.interfaces import IPubAfterTraversal


RECORD: Final = "eqms.demo.active"

WORDS: Final = "DỮ LIỆU MINH HỌA"
"""Stand on every page and in every file of the demo; not translated, because files cannot be."""


def is_marked() -> bool:
    """Whether the site of the present request holds the demo."""
    registry = queryUtility(IRegistry)
    return registry is not None and bool(registry.get(RECORD, False))


def mark() -> None:
    """Mark the site; an administrator takes the mark away in the registry of the site."""
    title = "The site shows demo data"
    getUtility(IRegistry).records[RECORD] = Record(field.Bool(title=title), True)


def keep_out_of_search_engines(event: IPubAfterTraversal) -> None:
    """Pages, files and REST alike: a header, since only pages have room for a meta element."""
    if is_marked():
        event.request.response.setHeader("X-Robots-Tag", "noindex, nofollow")


class OnDemoSite(ViewletBase):
    """Part of a page that only a site with the demo shows."""

    words = WORDS

    def render(self) -> str:
        """The part, or nothing."""
        return self.index() if is_marked() else ""
