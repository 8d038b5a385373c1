"""The letters of a print: one family for all of them.

A family that lacks letters of Vietnamese (Liberation 1, which Debian 12 calls ``fonts-liberation``)
is filled up by another one, letter by letter, and every second word looks broken. fontconfig knows
which families have them all.
"""

from functools import cache
from typing import Final
import logging
import subprocess


logger = logging.getLogger(__name__)

FAMILIES: Final = (
    "Times New Roman",
    "Liberation Serif",
    "Tinos",
    "FreeSerif",
    "DejaVu Serif Condensed",
    "DejaVu Serif",
)
"""Times New Roman is what Decree 30/2020/NĐ-CP prescribes; the next two have the same widths."""

PACKAGE: Final = "fonts-liberation2"

_COMMAND: Final = ("fc-list", ":lang=vi", "family")


@cache
def family() -> str:
    """The first of `FAMILIES` that this machine has with all letters of Vietnamese."""
    try:
        listed = subprocess.run(  # noqa: S603  a fixed command
            _COMMAND, capture_output=True, text=True, check=True, timeout=20
        )
    except (OSError, subprocess.SubprocessError):
        logger.exception("fontconfig cannot be asked for fonts; prints may look uneven.")
        return FAMILIES[0]
    there = {name.strip() for line in listed.stdout.splitlines() for name in line.split(",")}
    found = next((name for name in FAMILIES if name in there), "serif")
    if found not in FAMILIES[:3]:
        logger.warning("Prints are set in %s: install %s.", found, PACKAGE)
    return found
