"""What the printer may load while it lays out a page: nothing but what stands in the page.

Left to itself WeasyPrint opens ``file://`` (the disk of the server) and every address it is given
(the inside of the network). Fonts are not loaded by address: fontconfig finds those of the machine.
"""

from typing import Final
from weasyprint.urls import URLFetcher
from weasyprint.urls import URLFetcherResponse


SCHEME: Final = "data:"


class DataOnly(URLFetcher):
    """Loads ``data:`` addresses, which carry their content themselves; refuses all others.

    It does not inherit trust in a list of protocols alone: every other address is refused before
    the machinery that could open it is reached.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The content of a ``data:`` address.

        :raises ValueError: for any other address; WeasyPrint then leaves out what asked for it
        """
        if not url[: len(SCHEME)].lower() == SCHEME:
            raise ValueError(f"Nothing but {SCHEME} is loaded for a print.")
        return super().fetch(url, headers)
