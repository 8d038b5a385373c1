"""Compile the translations beside their sources, as an instance does when it starts.

An account that runs an instance need not be allowed to write into the source folder then.
"""

from pathlib import Path
from zope.i18n.compile import compile_mo_file


LOCALES = Path(__file__).resolve().parent.parent / "src" / "eqms" / "locales"


if __name__ == "__main__":
    for catalog in LOCALES.glob("*/LC_MESSAGES/*.po"):
        compile_mo_file(catalog.stem, str(catalog.parent))
