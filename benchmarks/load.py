"""Visitors of a site: one who reads again and again, and one who edits a page."""

from base64 import b64encode
from http.client import HTTPConnection
from itertools import cycle
from time import perf_counter
from urllib.parse import urlsplit
import json


PAGE = "text/html"
JSON = "application/json"

PATIENCE = 120
"""Seconds that one answer may take; the first one after a start is slow."""


class Reader:
    """Over one connection that is kept alive, without any cache; anonymous unless told otherwise.

    Of several addresses of one server each is read in its turn.
    """

    def __init__(self, accept: str, *urls: str, **headers: str) -> None:
        self.paths = cycle([urlsplit(url)._replace(scheme="", netloc="").geturl() for url in urls])
        self.headers = {"Accept": accept, **headers}
        self.connection = HTTPConnection(urlsplit(urls[0]).netloc, timeout=PATIENCE)

    def read(self) -> bytes:
        """Ask once.

        :raises RuntimeError: if the answer is not 200, or comes from plone.app.caching
        """
        path = next(self.paths)
        self.connection.request("GET", path, headers=self.headers)
        with self.connection.getresponse() as response:
            body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{path} answers {response.status} {response.reason}")
        if response.getheader("X-Cache-Operation"):
            raise RuntimeError(f"{path} is cached: {response.getheader('X-Cache-Operation')}")
        return body

    def rate(self, seconds: float) -> float:
        """Ask for that long; returns requests per second."""
        count, start = 0, perf_counter()
        while (spent := perf_counter() - start) < seconds:
            self.read()
            count += 1
        return count / spent


def signed_in(login: str, password: str) -> dict[str, str]:
    """The header of a person who is known."""
    credentials = b64encode(f"{login}:{password}".encode()).decode()
    return {"Authorization": f"Basic {credentials}"}


def set_text(url: str, html: str, login: str, password: str) -> None:
    """Give a stock page another text.

    :raises RuntimeError: if the site refuses
    """
    parts = urlsplit(url)
    headers = {"Accept": JSON, "Content-Type": JSON, **signed_in(login, password)}
    text = {"data": html, "content-type": "text/html", "encoding": "utf-8"}
    connection = HTTPConnection(parts.netloc, timeout=PATIENCE)
    connection.request("PATCH", parts.path, json.dumps({"text": text}), headers)
    with connection.getresponse() as response:
        answer = response.read()
    connection.close()
    if response.status != 204:
        raise RuntimeError(f"{parts.path} answers {response.status}: {answer.decode()}")
