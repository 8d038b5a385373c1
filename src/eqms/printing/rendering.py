"""From HTML to PDF: tagged, archivable, with nothing loaded from anywhere."""

from eqms import _
from eqms.documents.errors import unavailable
from eqms.printing.fonts import family
from eqms.printing.pages import STYLES
from threading import Lock
from typing import Final


VARIANT: Final = "pdf/a-2a"
"""ISO 19005-2, level A: fonts and colours inside, structure tagged for who does not see it."""

PATIENCE: Final = 20.0
"""Seconds that a person's request waits while another print is made."""

SYSTEM_PACKAGES: Final = "libpango-1.0-0 libpangoft2-1.0-0 fonts-liberation2 fonts-dejavu-core"
"""What Debian calls what WeasyPrint needs of the machine."""

_one_at_a_time: Final = Lock()


def pdf_of(html: str, variant: str | None = VARIANT) -> bytes:
    """The pages as PDF/A. One print at a time in each process: each takes a processor for itself.

    :param variant: None for what is only laid over other pages: neither archivable nor tagged
    :raises ServiceUnavailable: if others print, or the machine lacks what is needed for it
    """
    if not _one_at_a_time.acquire(timeout=PATIENCE):
        raise unavailable(
            _("error_printing_busy", default="Others are printing. Try again in a minute.")
        )
    try:
        return _rendered(html, variant)
    finally:
        _one_at_a_time.release()


def require_printer() -> None:
    """Look whether this machine can print.

    :raises ServiceUnavailable: if not, with what has to be installed
    """
    try:
        import weasyprint  # noqa: F401
    except OSError as error:
        raise unavailable(
            _(
                "error_no_printer",
                default="This server cannot make PDF files yet. Its administrator has to "
                "install: ${packages}",
                mapping={"packages": SYSTEM_PACKAGES},
            )
        ) from error


def _rendered(html: str, variant: str | None) -> bytes:
    require_printer()
    # It needs libraries of the machine and a second to load: only who prints pays for it.
    from eqms.printing.fetching import DataOnly
    from weasyprint import CSS
    from weasyprint import HTML

    fetcher = DataOnly()
    page = HTML(string=html, base_url=None, url_fetcher=fetcher)
    letters = f'body {{ font-family: "{family()}", serif }}\n'
    styles = CSS(string=letters + STYLES.read_text("utf-8"), url_fetcher=fetcher)
    return bytes(page.write_pdf(stylesheets=[styles], pdf_variant=variant))
