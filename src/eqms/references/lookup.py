"""Finding references by what documents call them; nothing is woken."""

from collections.abc import Iterable
from collections.abc import Sequence
from eqms.domain.vietnamese import fold
from eqms.domain.vietnamese import sort_key
from eqms.references.register import Entry
from eqms.references.register import register_of_site
from functools import lru_cache
from plone import api
from typing import Any
from typing import Final


CITES: Final = "eqms_cites"
"""Index of documents by the keys of what their revision in force cites."""


def text_by_key(key: str) -> Entry | None:
    """The reference that a key means; None if none is registered, or several may be meant."""
    register = register_of_site()
    found = register.holder([key])
    if found is not None:
        return found
    meant = register.meant_by(key)
    return meant[0] if len(meant) == 1 else None


def expired_keys() -> frozenset[str]:
    """Every key that may mean a text that is expired or replaced, or an abolished procedure.

    To look at few keys, `outdated_among` is cheaper.
    """
    return register_of_site().outdated_keys()


def outdated_among(keys: Iterable[str]) -> list[Entry]:
    """The outdated references that some keys may mean, each once, in the order of the keys."""
    register = register_of_site()
    found = {entry.uid: entry for key in keys for entry in register.outdated(key)}
    return list(found.values())


def entries(portal_type: str, words: str = "") -> list[Entry]:
    """The references of a type by their labels, or those with some words in theirs."""
    asked = fold(words).split()
    found = [
        entry
        for entry in register_of_site().entries()
        if entry.portal_type == portal_type
        and all(word in _compared(entry.label)[1] for word in asked)
    ]
    return sorted(found, key=lambda entry: _compared(entry.label)[0])


def entries_of(uids: Iterable[str]) -> list[Entry]:
    """The entries of references by UID; those that are gone are left out."""
    register = register_of_site()
    return [entry for uid in uids if (entry := register.get(uid)) is not None]


def url_of(entry: Entry) -> str:
    """The address of a reference."""
    return f"{api.portal.get().absolute_url()}/{entry.path}"


def territory_names() -> list[str]:
    """Names of the territory groups, in order."""
    catalog = api.portal.get_tool("portal_catalog")
    return sorted((brain.Title for brain in catalog(portal_type="TerritoryGroup")), key=sort_key)


def citing(keys: Sequence[str], **query: Any) -> Any:
    """Catalog entries of the documents in force that cite one of the keys, as the caller may see.

    :param query: more for the catalog, such as ``eqms_agency``
    """
    return api.portal.get_tool("portal_catalog")(**{CITES: list(keys)}, **query)


@lru_cache(maxsize=20_000)
def _compared(label: str) -> tuple[str, str]:
    """How a label is sorted and searched; to work it out for thousands takes long."""
    return sort_key(label), fold(label)
