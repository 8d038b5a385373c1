"""The frame of pages for anonymous visitors: what stands around the text.

Logo, search, navigation, footer, styles and scripts come from the site's own viewlet managers.
Made anew for each request they cost ten times what the text costs, so what they make is kept in
memory: for one minute, until something is catalogued, and for each language and section of the
site. So a setting changed in the control panel shows on these pages after a minute at the latest.

What differs from page to page is never kept: a request with parameters gets its frame made anew,
and the viewlets named in ``OF_THE_PAGE`` are left out of what is kept and made each time.
"""

from collections.abc import Mapping
from eqms.domain import clock
from eqms.public.memory import kept
from plone import api
from types import MappingProxyType
from typing import Any
from typing import Final
from zope.component import getMultiAdapter
from zope.component import queryMultiAdapter
from zope.contentprovider.interfaces import IContentProvider
from zope.viewlet.interfaces import IViewlet


OF_THE_PAGE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "plone.portalheader": (
            "plone.app.i18n.locales.languageselector",
            "plone.app.multilingual.languageselector",
        ),
    }
)
"""Viewlets by manager that link to the page itself, made for each request."""

LEFT_OUT: Final = frozenset({"plone.links.author", "plone.links.RSS", "plone.links.canonical_url"})
"""Viewlets in whose place the page says what is true of it."""

SECONDS: Final = 60


def part(view: Any, name: str) -> str:
    """What a viewlet manager of the site makes for a page."""
    parts = [_kept(view, name)]
    parts += [_viewlet(view, name, viewlet) for viewlet in OF_THE_PAGE.get(name, ())]
    return "".join(parts)


def _kept(view: Any, name: str) -> str:
    def make() -> str:
        return _made(view, name)

    if view.request.form:
        return make()
    key = (
        "frame",
        name,
        api.portal.get().absolute_url(),
        view.section.getPhysicalPath(),
        api.portal.get_current_language(),
        api.portal.get_tool("portal_catalog").getCounter(),
        int(clock.now().timestamp()) // SECONDS,
    )
    return kept(key, make)


def _made(view: Any, name: str) -> str:
    manager = getMultiAdapter((view.context, view.request, view), IContentProvider, name=name)
    manager.update()
    left_out = LEFT_OUT.union(OF_THE_PAGE.get(name, ()))
    manager.viewlets = [item for item in manager.viewlets if item.__name__ not in left_out]
    return str(manager.render())


def _viewlet(view: Any, manager_name: str, name: str) -> str:
    manager = getMultiAdapter(
        (view.context, view.request, view), IContentProvider, name=manager_name
    )
    viewlet = queryMultiAdapter((view.context, view.request, view, manager), IViewlet, name=name)
    if viewlet is None:
        return ""
    viewlet.update()
    return str(viewlet.render())
