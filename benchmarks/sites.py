"""The sites that are compared, in one database: ``eqms`` and ``stock``, and what a case adds.

The two are Plone's own classic distribution with the same settings. Documents stand in twos:
number 7 has the same words here and there, in an agency here and in a folder there.
"""

from AccessControl.SecurityManagement import newSecurityManager
from benchmarks.procedures import as_html
from benchmarks.procedures import procedure
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from eqms.documents.switch import put_in_force
from plone import api
from plone.app.textfield.value import RichTextValue
from plone.distribution.api import site as distribution
from Products.CMFPlone.Portal import PloneSite
from Products.CMFPlone.utils import get_installer
from typing import Any
from zope.component.hooks import setSite
from zope.event import notify
from zope.traversing.interfaces import BeforeTraverseEvent
import transaction


OURS = "eqms"
STOCK = "stock"
EDITOR = "editor"

TOGETHER = 50
"""Documents in one agency or folder."""

BATCH = 50
"""Documents in one transaction while the sites are filled."""

STRETCH = 1000
"""Documents after which the filling tells how far it is."""

Adder = Callable[[PloneSite, int], None]
"""Adds the document with a number to a site."""


def build(app: Any, password: str, documents: int) -> None:
    """Create both sites and fill them."""
    create(app, OURS)
    create(app, STOCK, product="plone.restapi")
    # The first site of a database brings another user folder.
    app.acl_users.userFolderAddUser(EDITOR, password, ["Manager"], [])
    fill(app, OURS, documents)
    fill(app, STOCK, documents, add_stock)


def create(app: Any, name: str, product: str = "eqms") -> None:
    """Create an empty site."""
    answers = {
        "site_id": name,
        "title": name,
        "description": "",
        "default_language": "vi",
        "portal_timezone": "Asia/Ho_Chi_Minh",
        "setup_content": False,
    }
    site = distribution.create(app, "classic", answers)
    setSite(site)
    get_installer(site, site.REQUEST).install_product(product)
    transaction.commit()


def fill(app: Any, name: str, documents: int, add: Adder | None = None) -> None:
    """Add so many documents to a site; says how far it is."""
    with inside(app, name) as portal:
        for number in range(documents):
            (add or add_ours)(portal, number)
            if number % BATCH == BATCH - 1:
                transaction.commit()
                app._p_jar.cacheMinimize()
            if number % STRETCH == STRETCH - 1:
                print(f"  {name}: {number + 1} of {documents}", flush=True)
        transaction.commit()


@contextmanager
def inside(app: Any, name: str) -> Iterator[PloneSite]:
    """Work in one of the sites as its editor, as a request to it would."""
    site = app[name]
    setSite(site)
    notify(BeforeTraverseEvent(site, site.REQUEST))
    newSecurityManager(None, app.acl_users.getUser(EDITOR))
    yield site


def path_of(number: int) -> str:
    """Where a document stands below its site."""
    return f"{folder_of(number)}/qt-{number}"


def folder_of(number: int) -> str:
    """Id of the agency, and of the folder, that a document stands in."""
    return f"cq-{number // TOGETHER}"


def agency_for(portal: PloneSite, number: int) -> Any:
    """The agency of a document, made when first needed."""
    name = folder_of(number)
    return portal.get(name) or api.content.create(portal, "Agency", id=name, title=name, code=name)


def folder_for(portal: PloneSite, number: int) -> Any:
    """The folder of a page, made when first needed; left out of navigation as agencies are."""
    name = folder_of(number)
    return portal.get(name) or published(
        api.content.create(portal, "Folder", id=name, title=name, exclude_from_nav=True)
    )


def add_ours(portal: PloneSite, number: int) -> None:
    """Add a procedure and put it in force."""
    put_in_force(add_procedure(agency_for(portal, number), number)["rev-1"], "migrate")


def add_procedure(agency: Any, number: int) -> Any:
    """A procedure with its first draft."""
    content = procedure(number)
    return api.content.create(
        agency,
        "Procedure",
        id=f"qt-{number}",
        title=content["title"],
        code=f"QT {number}",
        _v_first_draft=content,
    )


def add_stock(portal: PloneSite, number: int) -> None:
    """Add a page with the same words and publish it."""
    published(add_page(folder_for(portal, number), number))


def add_page(folder: Any, number: int, name: str = "") -> Any:
    """A page with the words of a procedure, left out of navigation as those are."""
    content = procedure(number)
    return api.content.create(
        folder,
        "Document",
        id=name or f"qt-{number}",
        title=content["title"],
        text=RichTextValue(as_html(content), "text/html", "text/x-html-safe"),
        exclude_from_nav=True,
    )


def published(content: Any) -> Any:
    """Let everybody read it."""
    api.content.transition(content, "publish")
    return content
