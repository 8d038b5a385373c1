"""Acts in transactions of their own, measured in pairs inside the instance."""

from benchmarks.compare import Figures
from benchmarks.sites import inside
from collections.abc import Callable
from contextlib import AbstractContextManager
from contextlib import nullcontext
from dataclasses import dataclass
from plone import api
from time import perf_counter
from typing import Any
import transaction


PAIRS = 50

WARM_UP = 2
"""Pairs before that, which do not count."""

TOGETHER = 10
"""What is prepared in one transaction."""


@dataclass(frozen=True)
class Deed:
    """Something that is done again and again in a site, each time to something prepared for it."""

    site: str
    prepare: Callable[[Any], Any]
    """Gets the site; gives what the act is done to."""

    act: Callable[[Any], Any]
    person: str | None = None
    """Who does it; None for the editor."""


def in_pairs(app: Any, ours: Deed, beside: Deed, pairs: int = PAIRS) -> Figures:
    """Milliseconds of each act with its commit."""
    count = pairs + WARM_UP
    things = zip(prepare(app, ours, count), prepare(app, beside, count), strict=True)
    times = [(measure(app, ours, mine), measure(app, beside, other)) for mine, other in things][
        WARM_UP:
    ]
    return {"ours": [mine for mine, _ in times], "beside": [other for _, other in times]}


def prepare(app: Any, deed: Deed, count: int) -> list[Any]:
    """What the acts will be done to."""
    things = []
    with inside(app, deed.site) as portal:
        for number in range(count):
            things.append(deed.prepare(portal))
            if number % TOGETHER == TOGETHER - 1:
                transaction.commit()
        transaction.commit()
    return things


def measure(app: Any, deed: Deed, thing: Any) -> float:
    """Do it once."""
    with inside(app, deed.site), acting(deed.person):
        transaction.begin()
        start = perf_counter()
        deed.act(thing)
        transaction.commit()
        return (perf_counter() - start) * 1000


def acting(person: str | None) -> AbstractContextManager[None]:
    """Act as a person, or go on as the editor."""
    return nullcontext() if person is None else api.env.adopt_user(username=person)
