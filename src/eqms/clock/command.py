"""``eqms tick``: let a site do what is due, through its server or without one."""

from eqms.exchange.client import SiteError
from typing import Any
from urllib.parse import urlsplit


def tick_database(zope_conf: str, url: str) -> dict[str, Any]:
    """Open the database of an instance that does not run, and tick in the site of an address.

    :param zope_conf: path of the configuration of the instance
    :param url: address of the site; its path names the site
    :raises SiteError: if another process holds the database, or there is no such site in it
    """
    from eqms.clock.opening import application
    from eqms.clock.opening import has_eqms
    from eqms.clock.runner import tick
    from plone.base.interfaces import IPloneSiteRoot
    from zc.lockfile import LockError
    from Zope2.Startup.run import make_wsgi_app
    import Zope2

    try:
        make_wsgi_app({}, zope_conf)
        Zope2.app()._p_jar.close()
    except LockError as error:
        raise SiteError(
            f"nothing answers at {url}, and another process holds the database of {zope_conf}: "
            "let that process do it"
        ) from error
    try:
        with application(Zope2.DB) as app:
            site = app.unrestrictedTraverse(urlsplit(url).path.strip("/"), None)
            if not (IPloneSiteRoot.providedBy(site) and has_eqms(site)):
                raise SiteError(f"the database of {zope_conf} has no site with eqms for {url}")
            return tick(site).as_json()
    finally:
        Zope2.DB.close()


def told(report: dict[str, Any]) -> str:
    """What came of a run, as lines for people."""
    if report["skipped"]:
        return "The clock of the site is running already; nothing was done."
    lines = [f"Done: {report['done']}, failed: {len(report['failed'])}."]
    lines += [f"  {item['job']} {item['piece']}: {item['error']}" for item in report["failed"]]
    return "\n".join(lines)
