"""A site opened aside from any request: in a connection and a transaction of its own.

Transaction, user, site and request belong to the thread, so this is done in a thread in which
nothing else is going on.
"""

from collections.abc import Iterator
from contextlib import closing
from contextlib import contextmanager
from eqms.interfaces import IEqmsLayer
from plone.base.interfaces import IPloneSiteRoot
from plone.browserlayer.interfaces import ILocalBrowserLayerType
from Testing.makerequest import makerequest
from typing import Any
from ZODB.DB import DB
from zope.component import queryUtility
from zope.component.hooks import site as in_site
from zope.globalrequest import clearRequest
from zope.globalrequest import setRequest
from zope.interface import alsoProvides
import transaction


@contextmanager
def application(database: DB) -> Iterator[Any]:
    """The root of the content of a database, with a request that nobody sent."""
    transaction.begin()
    with closing(database.open()) as connection:
        app = makerequest(connection.root()["Application"])
        alsoProvides(app.REQUEST, IEqmsLayer)
        setRequest(app.REQUEST)
        try:
            yield app
        finally:
            transaction.abort()
            clearRequest()
            app.REQUEST.close()


def sites(folder: Any) -> Iterator[Any]:
    """The Plone sites with eqms in a folder of the management screens, and in folders in it."""
    for item in folder.objectValues():
        if IPloneSiteRoot.providedBy(item):
            if has_eqms(item):
                yield item
        elif item.meta_type == "Folder":
            yield from sites(item)


def has_eqms(site: Any) -> bool:
    """Whether the add-on is installed in a site."""
    with in_site(site):
        return queryUtility(ILocalBrowserLayerType, name="eqms") is not None
