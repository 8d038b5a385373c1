"""Stylesheets of the pages on which people work."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from plone.app.layout.viewlets.common import ViewletBase


STYLES = Path(__file__).parent / "static" / "work.css"


@cache
def address_of(resource: str, stylesheet: Path) -> str:
    """Address below the site, with an edition so that browsers take a new one at once."""
    edition = sha256(stylesheet.read_bytes()).hexdigest()[:8]
    return f"++resource++{resource}/{stylesheet.name}?{edition}"


class Styles(ViewletBase):
    """Links a stylesheet in the head of a page, for people who are logged in."""

    address = address_of("eqms.documents", STYLES)

    def render(self) -> str:
        """The link, or nothing."""
        if self.portal_state.anonymous():
            return ""
        return f'<link href="{self.site_url}/{self.address}" rel="stylesheet" />'
