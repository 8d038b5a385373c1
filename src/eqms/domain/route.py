"""Who signs next, who may not, and when a route is complete.

A route is ordered steps of review and then approval. Signatures are bound to the hash of the
content; those to other content or marked invalid do not count. Separation of duties: nobody who
saved content of the revision reviews or approves it, neither for another person nor through
one, and each person takes part in a route once, as signer or as the one signed for. A decision of
the head may waive a rule for an office too small (`Waived`); at least two people sign even then.

People are user ids. Who stands in for whom today, and that signers are who they say, is
established before these functions are asked. Signatures are given in the order they were made.
"""

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


Phase = Literal["review", "approval"]
Need = Literal["all", "any"] | int
Place = tuple[str, str]
"""A person as far as he or she can be used up: with the phase, where one may sign in each."""


class RouteError(ValueError):
    """The steps make no route."""


class Refusal(StrEnum):
    """Why a person may not sign now."""

    CONTENT_CHANGED = "content_changed"
    COMPLETE = "complete"
    AUTHOR = "author"
    STANDS_FOR_AUTHOR = "stands_for_author"
    """The person stands in for an author today, or an author for the person."""

    ALREADY_SIGNED = "already_signed"
    NOT_YOUR_STEP = "not_your_step"
    NEEDED_LATER = "needed_later"
    """Others can sign this step, but a later one could not be completed without this person."""


class Waived(StrEnum):
    """What a recorded decision of the head allows for a time."""

    AUTHOR_REVIEWS = "author_reviews"
    """Who wrote may sign a step of review in the own name, never one of approval."""

    TWO_STEPS = "two_steps"
    """One person may sign a step of review and a step of approval, if others sign too."""


@dataclass(frozen=True)
class Duties:
    """Who has no part in signing a revision, as things stand when the question is asked.

    ``authors`` saved content; ``linked`` stand in for one of them now, or one of them for them.
    """

    authors: frozenset[str] = frozenset()
    linked: frozenset[str] = frozenset()
    waived: frozenset[Waived] = frozenset()

    @property
    def barred(self) -> frozenset[str]:
        """Everybody who may not sign, unless that is waived."""
        return self.authors | self.linked

    def barred_from(self, phase: Phase) -> frozenset[str]:
        """Everybody who may not sign a step of the phase in the own name."""
        lifted = phase == "review" and Waived.AUTHOR_REVIEWS in self.waived
        return frozenset() if lifted else self.barred


@dataclass(frozen=True)
class Step:
    """One step: of its ``members`` all, any one, or the given number must sign.

    A step without members, or with fewer than must sign, is never complete. Raises RouteError if
    the number is less than 1.
    """

    id: str
    phase: Phase
    members: frozenset[str]
    need: Need = "all"

    def __post_init__(self) -> None:
        if isinstance(self.need, int) and self.need < 1:
            raise RouteError(f"step {self.id}: {self.need} members cannot sign")

    @property
    def quorum(self) -> int:
        """How many members must sign, 1 or more."""
        if self.need == "all":
            return max(1, len(self.members))
        return 1 if self.need == "any" else self.need


@dataclass(frozen=True)
class Signature:
    """What ``person`` signed in a step, possibly on behalf of a member (substitution).

    ``waived`` is the rule that a decision set aside for this very signature.
    """

    step: str
    person: str
    on_behalf_of: str | None
    content_hash: str
    valid: bool = True
    meaning: str = ""
    waived: Waived | None = None

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


def open_step(route: Route, signatures: Iterable[Signature], content_hash: str) -> Step | None:
    """The first step still short of its quorum; None if the route is complete."""
    counted = _counted(route, signatures, content_hash)
    return next((step for step in route.steps if _missing(step, counted)), None)


def phase(route: Route, signatures: Iterable[Signature], content_hash: str) -> Phase | None:
    """The phase of the open step; None if the route is complete."""
    step = open_step(route, signatures, content_hash)
    return None if step is None else step.phase


def complete(route: Route, signatures: Iterable[Signature], content_hash: str) -> bool:
    """Whether every step has its quorum of signatures that count."""
    return open_step(route, signatures, content_hash) is None


def refusal(
    route: Route,
    signatures: Sequence[Signature],
    person: str,
    duties: Duties,
    content_hash: str,
    on_behalf_of: str | None = None,
) -> Refusal | None:
    """Why ``person`` may not sign the open step now; None if nothing stands against it.

    ``content_hash`` is that of the content as it is now. Only members sign, or a substitute on
    behalf of one.
    """
    if any(entry.valid and entry.content_hash != content_hash for entry in signatures):
        return Refusal.CONTENT_CHANGED
    step = open_step(route, signatures, content_hash)
    if step is None:
        return Refusal.COMPLETE
    used = None if on_behalf_of else waiver_used(signatures, person, duties)
    new = Signature(step.id, person, on_behalf_of, content_hash, waived=used)
    refused = _separated(route, signatures, step, new, duties)
    if refused is not None:
        return refused
    if new.member not in step.members:
        return Refusal.NOT_YOUR_STEP
    can_end = not stuck(route, signatures, content_hash, duties)
    if can_end and stuck(route, (*signatures, new), content_hash, duties):
        return Refusal.NEEDED_LATER
    return None


def waiver_used(signatures: Iterable[Signature], person: str, duties: Duties) -> Waived | None:
    """The rule set aside for a signature that ``person`` may give in the own name now."""
    if person in duties.barred:
        return Waived.AUTHOR_REVIEWS
    if any(entry.valid and person in entry.people for entry in signatures):
        return Waived.TWO_STEPS
    return None


def able(
    route: Route, signatures: Sequence[Signature], step: Step, duties: Duties
) -> frozenset[str]:
    """The members of a step whom separation of duties lets sign it in the own name."""
    return frozenset(
        person
        for person in step.members
        if _separated(route, signatures, step, Signature(step.id, person, None, ""), duties) is None
    )


def unsatisfiable(route: Route, duties: Duties) -> tuple[Step, ...]:
    """The steps that could not reach their quorum; empty if the route can be completed.

    A revision with such a route is not submitted.
    """
    return stuck(route, (), "", duties)


def stuck(
    route: Route, signatures: Iterable[Signature], content_hash: str, duties: Duties
) -> tuple[Step, ...]:
    """The steps that the people left cannot complete: some do not sign, and nobody signs twice.

    If steps compete for the same people, the earlier ones have them.
    """
    counted = _counted(route, signatures, content_hash)
    apart = _one_in_each_phase(route, duties)
    phases = {step.id: step.phase for step in route.steps}

    def places(people: Iterable[str], phase: Phase) -> set[Place]:
        return {(person, phase if apart else "") for person in people}

    gone = {place for entry in counted for place in places(entry.people, phases[entry.step])}
    left = {
        step.id: places(step.members - duties.barred_from(step.phase), step.phase) - gone
        for step in route.steps
    }
    held: dict[Place, Step] = {}
    return tuple(
        step
        for step in route.steps
        if not all(_seat(step, left, held, set()) for _ in range(_missing(step, counted)))
    )


def _separated(
    route: Route, signatures: Iterable[Signature], step: Step, new: Signature, duties: Duties
) -> Refusal | None:
    """What separation of duties says to a new signature."""
    barred = duties.barred if new.on_behalf_of else duties.barred_from(step.phase)
    if new.people & barred:
        return Refusal.AUTHOR if new.people & duties.authors else Refusal.STANDS_FOR_AUTHOR
    apart = new.on_behalf_of is None and _one_in_each_phase(route, duties)
    phases = {entry.id: entry.phase for entry in route.steps}
    before = [entry for entry in signatures if entry.valid and new.people & entry.people]
    if any(not apart or phases.get(entry.step) == step.phase for entry in before):
        return Refusal.ALREADY_SIGNED
    return None


def _one_in_each_phase(route: Route, duties: Duties) -> bool:
    """Whether a person may sign in both phases: only where a phase needs two people or more."""
    seats = {"review": 0, "approval": 0}
    for step in route.steps:
        seats[step.phase] += step.quorum
    return Waived.TWO_STEPS in duties.waived and max(seats.values()) > 1


def _counted(route: Route, signatures: Iterable[Signature], content_hash: str) -> list[Signature]:
    """The signatures that count: of members, to this content, nobody taking part twice."""
    members = {step.id: step.members for step in route.steps}
    seen: set[str] = set()
    counted: list[Signature] = []
    for entry in signatures:
        if not entry.valid or entry.content_hash != content_hash:
            continue
        once = seen.isdisjoint(entry.people) or entry.waived is Waived.TWO_STEPS
        if entry.member in members.get(entry.step, ()) and once:
            seen |= entry.people
            counted.append(entry)
    return counted


def _missing(step: Step, counted: Iterable[Signature]) -> int:
    """How many signatures the step still needs, 0 or more."""
    return max(0, step.quorum - sum(entry.step == step.id for entry in counted))


def _seat(
    step: Step, left: dict[str, set[Place]], held: dict[Place, Step], tried: set[Place]
) -> bool:
    """Find one more person for ``step``, moving others to free places of their own steps.

    An augmenting path of a bipartite matching; ``held`` is who signs which step so far.
    """
    for place in sorted(left[step.id]):
        holder = held.get(place)
        if place in tried or holder is step:
            continue
        tried.add(place)
        if holder is None or _seat(holder, left, held, tried):
            held[place] = step
            return True
    return False
