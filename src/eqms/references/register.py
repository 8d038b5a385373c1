"""The register of what documents cite: each legal text and administrative procedure stands in it
once, under every name that a citation may give it.

It lies in the annotations of the site. Two transactions that register the same number at once
conflict on its key, and the second one then finds the first; others merge.
"""

from BTrees.OOBTree import OOBTree
from collections.abc import Iterable
from dataclasses import dataclass
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations


ANNOTATION = "eqms.references"


# Ordered: a BTree merges two transactions only if it can compare the values it holds.
@dataclass(frozen=True, order=True)
class Entry:
    """What is known of a reference without waking it.

    ``path`` is relative to the site, ``label`` how it is cited in one line, ``state`` its state of
    validity or announcement, ``since`` the ISO date of that, empty if not known. ``outdated``
    references have their documents reviewed. Keys: see :mod:`eqms.domain.legal_texts`.
    """

    uid: str
    path: str
    portal_type: str
    label: str
    number: str
    state: str
    since: str = ""
    outdated: bool = False
    sure: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Everything by which a citation may mean it."""
        return self.sure + self.vague


class Register(Persistent):
    """Entries by UID, and the UIDs of those that a key may mean."""

    def __init__(self) -> None:
        self._entries: OOBTree = OOBTree()
        self._holders: OOBTree = OOBTree()
        self._meant: OOBTree = OOBTree()
        self._outdated: OOBTree = OOBTree()

    def get(self, uid: str) -> Entry | None:
        """The entry of a reference."""
        entry: Entry | None = self._entries.get(uid)
        return entry

    def entries(self) -> Iterable[Entry]:
        """All entries."""
        return self._entries.values()  # type: ignore[no-any-return]

    def rival(self, entry: Entry) -> Entry | None:
        """Another reference that holds one of the sure keys of this one."""
        for key in entry.sure:
            uid = self._holders.get(key, entry.uid)
            if uid != entry.uid:
                return self.get(uid)
        return None

    def holder(self, keys: Iterable[str]) -> Entry | None:
        """The reference that one of the keys means for sure."""
        for key in keys:
            if (uid := self._holders.get(key)) is not None:
                return self.get(uid)
        return None

    def meant_by(self, key: str) -> tuple[Entry, ...]:
        """Every reference that a key may mean, for sure or vaguely."""
        uids = self._meant.get(key, ())
        return tuple(self._entries[uid] for uid in uids)

    def outdated(self, key: str) -> tuple[Entry, ...]:
        """Outdated references that a key may mean."""
        return tuple(self._entries[uid] for uid in self._outdated.get(key, ()))

    def outdated_keys(self) -> frozenset[str]:
        """Keys that may mean an outdated reference."""
        return frozenset(self._outdated)

    def put(self, entry: Entry) -> None:
        """Enter or replace the entry of a reference; asks nothing."""
        if self.get(entry.uid) == entry:
            return
        self.drop(entry.uid)
        self._entries[entry.uid] = entry
        for key in entry.sure:
            self._holders[key] = entry.uid
        for key in entry.keys:
            _add(self._meant, key, entry.uid)
            if entry.outdated:
                _add(self._outdated, key, entry.uid)

    def drop(self, uid: str) -> None:
        """Forget a reference."""
        entry = self._entries.pop(uid, None)
        if entry is None:
            return
        for key in entry.sure:
            if self._holders.get(key) == uid:
                del self._holders[key]
        for key in entry.keys:
            _take(self._meant, key, uid)
            _take(self._outdated, key, uid)


NOTHING = Register()
"""What a site holds in which nothing was registered; never written to."""


def register_of_site() -> Register:
    """The register, for reading: nothing is made by looking."""
    register: Register = IAnnotations(api.portal.get()).get(ANNOTATION, NOTHING)
    return register


def register_to_write() -> Register:
    """The register, made when the first thing is registered."""
    annotations = IAnnotations(api.portal.get())
    if ANNOTATION not in annotations:
        annotations[ANNOTATION] = Register()
    register: Register = annotations[ANNOTATION]
    return register


def _add(tree: OOBTree, key: str, uid: str) -> None:
    tree[key] = tuple(sorted({*tree.get(key, ()), uid}))


def _take(tree: OOBTree, key: str, uid: str) -> None:
    left = tuple(other for other in tree.get(key, ()) if other != uid)
    if left:
        tree[key] = left
    else:
        tree.pop(key, None)
