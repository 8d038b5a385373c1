"""The flow of a procedure: its steps one after the other, a branch for each case of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from eqms.domain.vietnamese import nfc
from typing import Final
import re


_NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Task:
    """A step: what, by whom (the first line is the role), how long, and what comes out.

    ``times`` are pairs of the label of a case, empty for the only one, and the time as written.
    """

    number: int
    title: str
    responsible: str
    times: tuple[tuple[str, str], ...] = ()
    output: str = ""

    @property
    def role(self) -> str:
        """Who is responsible, in one line; empty if nobody is named."""
        return next(iter(self.responsible.splitlines()), "").strip(" -–+*•")


@dataclass(frozen=True, slots=True)
class Branch:
    """Steps of one table; the caption says in which case they are taken."""

    caption: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """A procedure as it is drawn; several branches exclude each other."""

    title: str
    branches: tuple[Branch, ...]

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The steps of all branches."""
        return tuple(task for branch in self.branches for task in branch.tasks)

    @property
    def roles(self) -> tuple[str, ...]:
        """Everybody who is responsible, each once, in the order of their first step."""
        return tuple(dict.fromkeys(task.role for task in self.tasks))


def drawable(text: str) -> str:
    """*text* in one normal form, without the characters that XML does not know."""
    return _NOT_IN_XML.sub("", nfc(text)).strip()


def in_one_line(text: str) -> str:
    """*text* with single spaces instead of line breaks."""
    return " ".join(text.split())


def shortened(lines: Sequence[str], most: int) -> tuple[str, ...]:
    """Not more than *most* lines; what is left out is told by an ellipsis."""
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], f"{lines[most - 1].rstrip(' .,;:')} …")
