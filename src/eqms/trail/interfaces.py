"""Questions of this room to those above."""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any
from zope.interface import Interface


class IContentCheck(Interface):
    """Named utility: does the content agree with what the trail says of it?

    A chain can be whole and the content altered all the same, or be there without a trail. The
    room that knows the content compares them.
    """

    def subjects() -> Iterable[str]:
        """UIDs of everything of its kind that must have a trail, from the catalog."""

    def compare(subject: str) -> "Comparison":
        """Begin to compare one object; it is shown every row of its trail."""


class Comparison:
    """The comparison of one object with its trail; this one finds nothing."""

    def see(self, row: Mapping[str, Any]) -> None:
        """Take notice of a row, oldest first. It may be a forged one: nothing in it is sure."""

    def findings(self) -> Iterator[tuple[str, str]]:
        """What does not agree, as a stable id and the object or person it is about."""
        return iter(())
