"""A Zope process on RelStorage, told by the test what to do: functions that run inside it."""

from cast import make_agency
from collections.abc import Callable
from pathlib import Path
from plone.distribution.api import site as distribution
from Products.CMFPlone.utils import get_installer
from rivals import alone
from rivals import Outcome
from rivals import perform
from scripts.run import write_instance
from Testing.makerequest import makerequest
from typing import Any
from zope.component.hooks import setSite
from Zope2.Startup.run import configure_wsgi
import os
import re
import transaction
import Zope2


SITE = "plone"

STORAGE = """
    <relstorage>
        blob-dir $INSTANCE/blobs
        shared-blob-dir false
        <postgresql>
            driver psycopg2
            dsn {dsn}
        </postgresql>
    </relstorage>
"""

ANSWERS = {
    "site_id": SITE,
    "title": SITE,
    "description": "",
    "default_language": "vi",
    "portal_timezone": "Asia/Ho_Chi_Minh",
    "setup_content": False,
}

_meet: Callable[[], Any]


def start(folder: Path, dsn: str, meet: Callable[[], Any]) -> None:
    """Start Zope with the configuration of ``make run``, but for the storage."""
    global _meet
    _meet = meet
    home = folder / str(os.getpid())
    write_instance(home)
    configuration = home / "etc" / "zope.conf"
    text = configuration.read_text()
    text, replaced = re.subn(
        r"<blobstorage>.*</blobstorage>", STORAGE.format(dsn=dsn), text, flags=re.DOTALL
    )
    assert replaced
    configuration.write_text(f"%import relstorage\n{text}")
    configure_wsgi(str(configuration))
    Zope2.startup_wsgi()


def create_site() -> None:
    """A site with the add-on and an agency."""
    app = makerequest(Zope2.app())
    site = distribution.create(app, "classic", ANSWERS)
    setSite(site)
    get_installer(site, site.REQUEST).install_product("eqms")
    transaction.commit()
    app._p_jar.close()
    do(make_agency)


def do(act: Callable[[Any], Any]) -> Any:
    """Do and commit something while the other process waits."""
    return alone(Zope2.DB, SITE, act)


def compete(person: str, act: Callable[[Any], Any]) -> Outcome:
    """Do something at the same moment as the other process."""
    return perform(Zope2.DB, SITE, person, act, _meet)
