"""What authentication remembers, in the site: wrong attempts, used challenges, keys of codes.

It stands in an annotation of the site and not with the members: no page and no service reads it
out, and a member's own properties cannot be set to change it.
"""

from BTrees.OOBTree import OOBTree
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations


ANNOTATION = "eqms.authentication"


class AuthenticationData(Persistent):
    """One entry per person in each tree, replaced whole: two transactions that write the same
    person's entry conflict, and those of two people do not."""

    def __init__(self) -> None:
        self.attempts: OOBTree = OOBTree()
        self.redeemed: OOBTree = OOBTree()
        self.code_keys: OOBTree = OOBTree()

    @property
    def trees(self) -> tuple[OOBTree, ...]:
        """All of them."""
        return (self.attempts, self.redeemed, self.code_keys)

    def forget(self, person: str) -> None:
        """Drop everything about a person."""
        for tree in self.trees:
            tree.pop(person, None)


def stored() -> AuthenticationData:
    """What is there, to be read; an empty one if nothing was ever kept."""
    return IAnnotations(api.portal.get()).get(ANNOTATION) or AuthenticationData()


def written() -> AuthenticationData:
    """What is there, to be written; made when it is first needed."""
    annotations = IAnnotations(api.portal.get())
    if ANNOTATION not in annotations:
        annotations[ANNOTATION] = AuthenticationData()
    return annotations[ANNOTATION]


def remove() -> None:
    """Leave nothing behind."""
    IAnnotations(api.portal.get()).pop(ANNOTATION, None)
