"""Texts kept in the memory of the process: a fixed amount at most, the oldest use goes first."""

from collections import OrderedDict
from collections.abc import Callable
from collections.abc import Hashable
from threading import Lock
from typing import Final


class Memory:
    """Texts by keys that name everything they depend on: nothing in it is ever wrong, only unused.

    :param most: characters that are kept in all
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._texts: OrderedDict[Hashable, str] = OrderedDict()
        self._lock = Lock()

    def __call__(self, key: Hashable, make: Callable[[], str]) -> str:
        """The text of a key; made, and kept if it is not too long, when it is asked for first.

        Two threads that ask at the same time may both make it.
        """
        with self._lock:
            if key in self._texts:
                self._texts.move_to_end(key)
                return self._texts[key]
        text = make()
        with self._lock:
            if key not in self._texts:
                self._texts[key] = text
                self._size += len(text)
            while self._size > self._most:
                _key, dropped = self._texts.popitem(last=False)
                self._size -= len(dropped)
        return text

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._texts.clear()
            self._size = 0


kept: Final = Memory(16_000_000)
"""The memory of the pages for readers: some 30 MB in each process, about 1,000 procedures."""
