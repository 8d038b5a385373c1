"""Create the site ``/eqms`` with the add-on and the demo in an empty database.

Run by ``zconsole run zope.conf create_site.py ACCOUNTS URL``: logins and passwords are written to
the file ACCOUNTS, readable by its owner only; URL is the address that mails and prints lead to.
"""

from eqms import demo
from pathlib import Path
from plone import api
from plone.base.utils import get_installer
from plone.distribution.api import site as sites
from Products.CMFPlone.Portal import PloneSite
from typing import Any
from zope.component.hooks import setSite
from zope.event import notify
from zope.traversing.interfaces import BeforeTraverseEvent
import json
import logging
import os
import secrets
import sys
import transaction


ADMINISTRATOR = {"admin": "quản trị hệ thống"}
ANSWERS = {
    "site_id": "eqms",
    "title": "ISO điện tử",
    "description": "Hệ thống quản lý chất lượng theo TCVN ISO 9001",
    "default_language": "vi",
    "portal_timezone": "Asia/Ho_Chi_Minh",
    "setup_content": False,
}
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
"""What cannot be mistaken when a password is read off a screen: no l, o, 0 or 1."""


def main(app: Any, accounts_file: Path, url: str) -> None:
    """Create the site; nothing of the demo is committed unless all of it could be loaded."""
    show_progress()
    passwords = {login: new_password() for login in ADMINISTRATOR | demo.ACCOUNTS}
    write_accounts(accounts_file, passwords)
    site = sites.create(app, "classic", ANSWERS)
    for login in ADMINISTRATOR:
        app.acl_users.userFolderAddUser(login, passwords[login], ["Manager"], [])
    prepare(site)
    api.portal.set_registry_record("eqms.approval.site_address", url)
    demo.load(site, {login: passwords[login] for login in demo.ACCOUNTS})
    transaction.commit()


def show_progress() -> None:
    """Print what the loading of the demo tells."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("  %(message)s"))
    logger = logging.getLogger("eqms.demo")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False


def new_password() -> str:
    """Twelve letters and digits."""
    return "".join(secrets.choice(LETTERS) for _ in range(12))


def write_accounts(path: Path, passwords: dict[str, str]) -> None:
    """Write login, password and purpose of each account, for the owner's eyes only."""
    about = ADMINISTRATOR | demo.ACCOUNTS
    rows = [
        {"login": login, "password": password, "about": about[login]}
        for login, password in passwords.items()
    ]
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        json.dump(rows, file, ensure_ascii=False, indent=2)


def prepare(site: PloneSite) -> None:
    """Install the add-on, offer both languages, and make the request one to this site."""
    setSite(site)
    get_installer(site, site.REQUEST).install_product("eqms")
    api.portal.set_registry_record("plone.available_languages", ["vi", "en"])
    api.portal.set_registry_record("plone.use_cookie_negotiation", True)
    notify(BeforeTraverseEvent(site, site.REQUEST))


main(app, Path(sys.argv[-2]), sys.argv[-1])  # noqa: F821  zconsole provides it
app._p_jar.db().close()  # noqa: F821  writes the index that the next start reads
