"""Who signs next, who may not, and when a route is complete.

A route is ordered steps of review and then approval. Signatures are bound to the hash of the
content; those to other content or marked invalid do not count. Separation of duties: nobody who
saved content of the revision reviews or approves it, neither for another person nor through
one, and each person takes part in a route once, as signer or as the one signed for.

People are user ids. Whether a substitution is in effect, and that signers are who they say, is
established before these functions are asked. Signatures are given in the order they were made.
"""

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


Phase = Literal["review", "approval"]
Need = Literal["all", "any"] | int


class RouteError(ValueError):
    """The steps make no route."""


class Refusal(StrEnum):
    """Why a person may not sign now."""

    CONTENT_CHANGED = "content_changed"
    COMPLETE = "complete"
    AUTHOR = "author"
    ALREADY_SIGNED = "already_signed"
    NOT_YOUR_STEP = "not_your_step"
    NEEDED_LATER = "needed_later"
    """Others can sign this step, but a later one could not be completed without this person."""


@dataclass(frozen=True)
class Step:
    """One step: of its ``members`` all, any one, or the given number must sign.

    Raises RouteError if there are no members or the number asks too few or too many.
    """

    id: str
    phase: Phase
    members: frozenset[str]
    need: Need = "all"

    def __post_init__(self) -> None:
        if not 1 <= self.quorum <= len(self.members):
            raise RouteError(
                f"step {self.id}: {self.quorum} of {len(self.members)} members cannot sign"
            )

    @property
    def quorum(self) -> int:
        """How many members must sign."""
        if self.need == "all":
            return len(self.members)
        return 1 if self.need == "any" else self.need


@dataclass(frozen=True)
class Signature:
    """What ``person`` signed in a step, possibly on behalf of a member (substitution)."""

    step: str
    person: str
    on_behalf_of: str | None
    content_hash: str
    valid: bool = True
    meaning: str = ""

    @property
    def member(self) -> str:
        """The member of the step whose place this signature fills."""
        return self.on_behalf_of or self.person

    @property
    def people(self) -> frozenset[str]:
        """Everybody who took part by it: the signer, and the one signed for."""
        return frozenset({self.person, self.member})


@dataclass(frozen=True)
class Route:
    """Ordered steps; raises RouteError unless ids differ, no review follows an approval and there
    is an approval at all."""

    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        if len({step.id for step in self.steps}) < len(self.steps):
            raise RouteError("two steps have the same id")
        phases = [step.phase for step in self.steps]
        if "approval" not in phases:
            raise RouteError("a route needs a step of approval")
        if "review" in phases[phases.index("approval") :]:
            raise RouteError("a review cannot follow an approval")


def open_step(
    route: Route,
    signatures: Iterable[Signature],
    content_hash: str,
    authors: frozenset[str] = frozenset(),
) -> Step | None:
    """The first step still short of its quorum; None if the route is complete.

    With ``authors``, signatures in which one of them takes part do not count.
    """
    counted = _counted(route, signatures, content_hash, authors)
    return next((step for step in route.steps if _missing(step, counted)), None)


def phase(
    route: Route,
    signatures: Iterable[Signature],
    content_hash: str,
    authors: frozenset[str] = frozenset(),
) -> Phase | None:
    """The phase of the open step; None if the route is complete."""
    step = open_step(route, signatures, content_hash, authors)
    return None if step is None else step.phase


def complete(
    route: Route,
    signatures: Iterable[Signature],
    content_hash: str,
    authors: frozenset[str] = frozenset(),
) -> bool:
    """Whether every step has its quorum of signatures that count."""
    return open_step(route, signatures, content_hash, authors) is None


def refusal(
    route: Route,
    signatures: Sequence[Signature],
    person: str,
    authors: frozenset[str],
    content_hash: str,
    on_behalf_of: str | None = None,
) -> Refusal | None:
    """Why ``person`` may not sign the open step now; None if nothing stands against it.

    ``authors`` is everybody who saved content of the revision, ``content_hash`` the hash of the
    content as it is now. Only members sign, or a substitute on behalf of one.
    """
    if any(entry.valid and entry.content_hash != content_hash for entry in signatures):
        return Refusal.CONTENT_CHANGED
    step = open_step(route, signatures, content_hash, authors)
    if step is None:
        return Refusal.COMPLETE
    new = Signature(step.id, person, on_behalf_of, content_hash)
    if new.people & authors:
        return Refusal.AUTHOR
    if any(entry.valid and new.people & entry.people for entry in signatures):
        return Refusal.ALREADY_SIGNED
    if new.member not in step.members:
        return Refusal.NOT_YOUR_STEP
    can_end = not _stuck(route, signatures, content_hash, authors)
    if can_end and _stuck(route, (*signatures, new), content_hash, authors):
        return Refusal.NEEDED_LATER
    return None


def unsatisfiable(route: Route, authors: frozenset[str]) -> tuple[Step, ...]:
    """The steps that cannot reach their quorum, since ``authors`` do not sign and nobody signs
    twice; empty if the route can be completed. A revision with such a route is not submitted.

    If steps compete for the same people, the earlier ones have them.
    """
    return _stuck(route, (), "", authors)


def _counted(
    route: Route, signatures: Iterable[Signature], content_hash: str, authors: frozenset[str]
) -> list[Signature]:
    """The signatures that count: of members, to this content, nobody taking part twice."""
    members = {step.id: step.members for step in route.steps}
    seen = set(authors)
    counted: list[Signature] = []
    for entry in signatures:
        if not entry.valid or entry.content_hash != content_hash:
            continue
        if entry.member in members.get(entry.step, ()) and seen.isdisjoint(entry.people):
            seen |= entry.people
            counted.append(entry)
    return counted


def _missing(step: Step, counted: Iterable[Signature]) -> int:
    """How many signatures the step still needs, 0 or more."""
    return max(0, step.quorum - sum(entry.step == step.id for entry in counted))


def _stuck(
    route: Route, signatures: Iterable[Signature], content_hash: str, authors: frozenset[str]
) -> tuple[Step, ...]:
    """The steps that the people left cannot complete, each of them signing at most once."""
    counted = _counted(route, signatures, content_hash, authors)
    gone = authors.union(*(entry.people for entry in counted))
    places: dict[str, Step] = {}
    return tuple(
        step
        for step in route.steps
        if not all(_seat(step, places, set(gone)) for _ in range(_missing(step, counted)))
    )


def _seat(step: Step, places: dict[str, Step], tried: set[str]) -> bool:
    """Find one more person for ``step``, moving others to free places of their own steps.

    An augmenting path of a bipartite matching; ``places`` is who signs which step so far.
    """
    for person in sorted(step.members):
        holder = places.get(person)
        if person in tried or holder is step:
            continue
        tried.add(person)
        if holder is None or _seat(holder, places, tried):
            places[person] = step
            return True
    return False
