"""Talking to a running site by REST, with the standard library alone: no Plone is imported."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from http.client import HTTPResponse
from typing import Any
from urllib.error import HTTPError
from urllib.error import URLError
from urllib.parse import quote
from urllib.parse import urlencode
from urllib.parse import urlsplit
from urllib.request import Request
from urllib.request import urlopen
import json


TIMEOUT = 300
"""Seconds after which a request is given up."""


class SiteError(Exception):
    """The site cannot be used at all: not there, no Plone, or not with these credentials."""


class Refused(Exception):
    """The site refused one request; the message says why."""

    def __init__(self, status: int, message: str, answer: dict[str, Any]) -> None:
        super().__init__(message)
        self.status = status
        self.answer = answer


class Site:
    """A site, and the person who works in it.

    :param url: address of the site, for example ``http://localhost:8080/eqms``
    """

    def __init__(self, url: str, user: str, password: str) -> None:
        if urlsplit(url).scheme not in ("http", "https"):
            raise SiteError(f"{url} is no address of a site; it begins with http:// or https://")
        self.url = url.rstrip("/")
        self._credentials = b64encode(f"{user}:{password}".encode()).decode()

    def agencies(self) -> list[dict[str, Any]]:
        """The agencies that the person may see, with ``@id`` and ``title``."""
        query = urlencode({"portal_type": "Agency", "b_size": 1000, "sort_on": "sortable_title"})
        items: list[dict[str, Any]] = self._call("GET", f"{self.url}/@search?{query}")["items"]
        return items

    def agency(self, path: str) -> "AgencyAtSite":
        """The agency at a path below the site."""
        return AgencyAtSite(self, f"{self.url}/{quote(path.strip('/'))}")

    def tick(self) -> dict[str, Any]:
        """Let the site do what is due now; returns ``done``, ``failed`` and ``skipped``."""
        return self._call("POST", f"{self.url}/@tick")

    def get(self, path: str) -> dict[str, Any]:
        """What the site answers to ``GET`` of a path below it."""
        return self._call("GET", f"{self.url}/{path}")

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """What the site answers to ``POST`` to a path below it."""
        return self._call("POST", f"{self.url}/{path}", body)

    def lines(self, path: str) -> Iterator[bytes]:
        """The lines of a file at a path below the site, as they arrive."""
        with self._open("GET", f"{self.url}/{path}") as response:
            yield from response

    def _call(self, method: str, url: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        with self._open(method, url, body) as response:
            return _answer(response.read(), url)

    @contextmanager
    def _open(
        self, method: str, url: str, body: dict[str, Any] | None = None
    ) -> Iterator[HTTPResponse]:
        request = Request(  # noqa: S310 - the scheme was checked
            url,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Accept": "application/json",
                "Content-Type": "application/json",
                "Authorization": f"Basic {self._credentials}",
            },
        )
        try:
            with urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310
                yield response
        except HTTPError as error:
            raise _refusal(error, url) from error
        except (URLError, HTTPException, OSError) as error:
            reason = getattr(error, "reason", error)
            raise SiteError(f"{self.url} cannot be reached: {reason}") from error


def answers(url: str) -> bool:
    """Whether a server is there at all, whatever it answers."""
    try:
        with urlopen(url, timeout=TIMEOUT):  # noqa: S310 - the caller's own address
            return True
    except HTTPError:
        return True
    except (URLError, HTTPException, OSError, ValueError):
        return False


class AgencyAtSite:
    """One agency: its imports and reports."""

    def __init__(self, site: Site, url: str) -> None:
        self.site = site
        self.url = url

    def open_import(self, mode: str) -> dict[str, Any]:
        """Begin a batch; ``mode`` is ``draft`` or ``in_force``."""
        return self.site._call("POST", f"{self.url}/@imports", {"mode": mode})

    def import_file(self, batch: int, filename: str, data: bytes) -> dict[str, Any]:
        """Send a file into a batch; returns what became of it."""
        file = {"data": b64encode(data).decode(), "filename": filename}
        return self.site._call("POST", f"{self.url}/@imports/{batch}", {"file": file})

    def undo_import(self, batch: int, reason: str) -> dict[str, Any]:
        """Take a batch back as a whole."""
        return self.site._call("POST", f"{self.url}/@imports/{batch}/undo", {"reason": reason})

    def checks(self, check: str) -> dict[str, Any]:
        """The report on its procedures, of one check or (empty) of all, with all its lines."""
        size = 500
        report = self._checks(check, 0, size)
        while len(report["items"]) < report["items_total"]:
            more = self._checks(check, len(report["items"]), size)["items"]
            if not more:
                break
            report["items"] += more
        return {name: report[name] for name in ("revisions", "counts", "items")}

    def _checks(self, check: str, start: int, size: int) -> dict[str, Any]:
        query = urlencode({"check": check, "b_start": start, "b_size": size})
        return self.site._call("GET", f"{self.url}/@checks?{query}")


def _answer(content: bytes, url: str) -> dict[str, Any]:
    try:
        answer = json.loads(content)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise SiteError(f"{url} does not answer as a site with eqms does")
    return answer


def _refusal(error: HTTPError, url: str) -> Exception:
    try:
        answer = json.loads(error.read())
    except (ValueError, OSError):
        answer = {}
    if not isinstance(answer, dict):
        answer = {}
    message = str(answer.get("message") or error.reason)
    if error.code == 401:
        return SiteError(f"{url}: user name or password are wrong, or the user may not do this")
    if error.code == 404:
        return SiteError(f"{url} does not exist, or eqms is not installed there")
    return Refused(error.code, message, answer)
