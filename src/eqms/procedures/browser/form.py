"""The edit form of a procedure."""

from eqms.documents.browser.styles import address_of
from eqms.documents.browser.styles import Styles
from pathlib import Path


class FormStyles(Styles):
    """Links the styles of the form in the head of its page."""

    address = address_of("eqms.procedures", Path(__file__).parent / "static" / "form.css")
