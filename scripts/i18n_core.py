"""List the messages of Plone that a Vietnamese reader still meets in English.

For one translation domain of the installed Plone: what neither Plone's own Vietnamese catalogue
translates nor the one of this repository, laid over it. One line a message: its id and, where
the id is a mere key, the English text. The count goes to standard error.
"""

from argparse import ArgumentParser
from collections.abc import Iterator
from i18ndude.catalog import MessageCatalog
from i18ndude.catalog import MessageEntry
from importlib.resources import files
from pathlib import Path
import sys


OURS = Path(__file__).parent.parent / "src" / "eqms" / "locales" / "vi" / "LC_MESSAGES"

# Where Plone keeps the catalogues: all domains together, but for those of single packages.
COMMON = "plone.app.locales.locales"
PACKAGES = {
    "cmf_core": "Products.CMFCore.locales",
    "collective.z3cform.datagridfield": "collective.z3cform.datagridfield.locales",
    "plone.restapi": "plone.restapi.locales",
    "plone.z3cform": "plone.z3cform.locales",
    "z3c.form": "z3c.form.locales",
    "zope": "zope.app.locales",
}


def translated(catalogue: Path) -> set[str]:
    """Return the ids that a catalogue translates for certain; none if there is no such file."""
    if not catalogue.is_file():
        return set()
    messages = MessageCatalog(filename=str(catalogue)).values()
    return {m.msgid for m in messages if m.msgstr and ", fuzzy" not in m.comments}


def untranslated(domain: str) -> Iterator[MessageEntry]:
    """Yield the messages of a domain that stay English.

    Raises FileNotFoundError if the installed Plone has no such domain.
    """
    template = Path(str(files(PACKAGES.get(domain, COMMON)) / f"{domain}.pot"))
    theirs = template.parent / "vi" / "LC_MESSAGES" / f"{domain}.po"
    known = translated(theirs) | translated(OURS / f"{domain}.po")
    messages = MessageCatalog(filename=str(template)).values()
    return (message for message in messages if message.msgid not in known)


def main() -> None:
    """Print what stays English in the domain named on the command line."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument(
        "domain", nargs="?", default="plone", help="translation domain (default: %(default)s)"
    )
    domain = parser.parse_args().domain
    try:
        messages = list(untranslated(domain))
    except FileNotFoundError as error:
        parser.error(f"no domain {domain!r} in the installed Plone: {error.filename}")
    for message in messages:
        default = message.getDefault()
        print(f"{message.msgid} | {default}" if default else message.msgid)
    print(f"{domain}: {len(messages)} untranslated", file=sys.stderr)


if __name__ == "__main__":
    main()
