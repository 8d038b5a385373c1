"""What the pages for readers have in common."""

from Acquisition import aq_chain
from Acquisition import aq_inner
from eqms.public.frame import part
from hashlib import sha256
from pathlib import Path
from plone import api
from plone.base.utils import safe_text
from Products.CMFCore.interfaces import ISiteRoot
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.component import getMultiAdapter


STYLES = Path(__file__).parent / "static" / "eqms.css"

STYLES_VERSION = sha256(STYLES.read_bytes()).hexdigest()[:8]
"""Part of the address of the styles, so that browsers take a new edition at once."""


class Page(BrowserView):
    """A page in the frame of the site.

    Anonymous visitors get a frame of what they use: logo, search, navigation, path, footer, each
    from the site's own viewlets. People who are logged in get Plone's own with toolbar, portlets
    and messages. The theme treats both alike.
    """

    lean = ViewPageTemplateFile("layout.pt")
    lists = ViewPageTemplateFile("listing.pt")

    template: ViewPageTemplateFile
    """What stands in the frame."""

    summary = ""

    def __call__(self) -> str:
        """The page; portlets are no part of it."""
        for column in ("plone.leftcolumn", "plone.rightcolumn"):
            self.request.set(f"disable_{column}", True)
        return str(self.template())

    @property
    def frame(self) -> Any:
        """The macro that the page is put in; its slots are ``head_slot`` and ``main``."""
        if self.anonymous:
            return self.lean.macros["master"]
        view = getMultiAdapter((self.context, self.request), name="main_template")
        return view.macros["master"]

    @property
    def list_macros(self) -> Any:
        """How lists of documents are shown."""
        return self.lists.macros

    @property
    def anonymous(self) -> bool:
        """Whether the page is for a visitor."""
        return bool(api.user.is_anonymous())

    @property
    def stylesheet(self) -> str:
        """Address of the styles of these pages."""
        site = api.portal.get().absolute_url()
        return f"{site}/++resource++eqms/{STYLES.name}?{STYLES_VERSION}"

    @property
    def title(self) -> str:
        """Heading of the page."""
        return safe_text(self.context.Title())

    @property
    def head_title(self) -> str:
        """Title of the page and of the site, as the browser shows it."""
        return f"{self.title} — {api.portal.get_registry_record('plone.site_title')}"

    @property
    def language(self) -> str:
        """Language of the page."""
        return str(api.portal.get_current_language())

    @property
    def body_class(self) -> str:
        """What stylesheets and scripts of Plone tell pages by."""
        kind = self.context.portal_type.lower().replace(" ", "-")
        return (
            f"frontend portaltype-{kind} template-{self.__name__} col-content "
            "userrole-anonymous viewpermission-view"
        )

    @property
    def canonical_url(self) -> str:
        """The address the page is cited by."""
        return str(self.context.absolute_url())

    @property
    def folders(self) -> list[Any]:
        """The site and the folders that the page stands in."""
        chain = aq_chain(aq_inner(self.context))
        site = next(index for index, item in enumerate(chain) if ISiteRoot.providedBy(item))
        return list(reversed(chain[1 : site + 1]))

    @property
    def section(self) -> Any:
        """Where in the site the page stands: all pages of a section have the same frame."""
        return self.context

    def part(self, name: str) -> str:
        """A part of the frame: what a viewlet manager of the site makes."""
        return part(self, name)

    def pattern_settings(self) -> dict[str, str]:
        """What the scripts of Plone need to know."""
        settings = getMultiAdapter((self.context, self.request), name="plone_patterns_settings")
        return dict(settings())


def text_in(request: Any, name: str) -> str:
    """What was typed into a field of a form; empty for anything else than text."""
    value = request.form.get(name, "")
    return value.strip() if isinstance(value, str) else ""
