"""The edit form of a procedure."""

from hashlib import sha256
from pathlib import Path
from plone.app.layout.viewlets.common import ViewletBase


STYLES = Path(__file__).parent / "static" / "form.css"

VERSION = sha256(STYLES.read_bytes()).hexdigest()[:8]
"""Part of the address of the styles, so that browsers take a new edition at once."""


class FormStyles(ViewletBase):
    """Links the styles of the form in the head of its page."""

    def index(self) -> str:
        """The link."""
        address = f"{self.site_url}/++resource++eqms.procedures/{STYLES.name}?{VERSION}"
        return f'<link href="{address}" rel="stylesheet" />'
