"""A route as it is planned: steps with rules instead of people.

A plan is data of a document, an agency or the site. People are found by its rules when a step
opens, not before: who leads an agency in May signs in May. As JSON a plan is
``{"steps": [{"id", "title", "meaning", "phase", "members", "need", "due_days", "escalate_to",
"on_cover"}]}``; members are written ``person:lan``, ``group:to-tham-dinh`` or ``function:head``.
"""

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from eqms.domain.route import Need
from eqms.domain.route import Phase
from types import MappingProxyType
from typing import Final
from typing import get_args
from typing import TypeGuard
import re


FUNCTIONS: Final = (
    "reviewers",
    "approvers",
    "controllers",
    "head",
    "deputies",
    "field_leader",
    "unit_head",
)
"""Parts that somebody has in the agency of a document, whoever that is at the time.

The first three are groups of the agency; ``field_leader`` is the leader in charge of the field of
the revision, or else the head; ``unit_head`` leads the unit that drafted it.
"""

COVER: Final = ("drafting", "review", "approval")
"""The three columns of the cover: Soạn thảo, Xem xét, Phê duyệt."""

LONGEST_TEXT: Final = 100
MOST_STEPS: Final = 20
MOST_DAYS: Final = 365

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KNOWN = frozenset(
    {"id", "title", "meaning", "phase", "members", "need", "due_days", "escalate_to", "on_cover"}
)


class Problem(StrEnum):
    """What is wrong with the data of a plan."""

    NOT_A_PLAN = "not_a_plan"
    TOO_MANY_STEPS = "too_many_steps"
    NO_APPROVAL = "no_approval"
    PHASE_BACK = "phase_back"
    SAME_ID = "same_id"
    UNKNOWN_MEMBER = "unknown_member"
    ID = "id"
    TEXT = "text"
    PHASE = "phase"
    NO_MEMBERS = "no_members"
    MEMBER = "member"
    NEED = "need"
    DUE_DAYS = "due_days"
    ON_COVER = "on_cover"


class PlanError(ValueError):
    """The data make no plan; ``step`` counts from 1, 0 where it is not about one step."""

    def __init__(self, problem: Problem, step: int = 0, value: str = "") -> None:
        super().__init__(f"step {step}: {problem.value} {value}".rstrip())
        self.problem = problem
        self.step = step
        self.value = value


class Kind(StrEnum):
    """How a rule names people."""

    PERSON = "person"
    GROUP = "group"
    FUNCTION = "function"


@dataclass(frozen=True)
class Rule:
    """Who: one person, whoever is in a group, or whoever has a function of the agency."""

    kind: Kind
    value: str

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.value}"

    @classmethod
    def parse(cls, text: str) -> "Rule":
        """Read ``person:lan``; raises ValueError for what is no rule."""
        kind, _colon, value = (part.strip() for part in text.partition(":"))
        rule = cls(Kind(kind), value)
        if not value or (rule.kind is Kind.FUNCTION and value not in FUNCTIONS):
            raise ValueError(f"no such member: {text}")
        return rule


@dataclass(frozen=True)
class PlanStep:
    """A step as planned.

    ``meaning`` is the word for the act (thẩm định, kiểm tra thể thức); empty is that of the phase.
    ``due_days`` are calendar days from the day the step opens; ``escalate_to`` is told when they
    have passed and may not act. ``on_cover`` is a column of `COVER` or empty.
    """

    id: str
    phase: Phase
    members: tuple[Rule, ...]
    need: Need = "any"
    title: str = ""
    meaning: str = ""
    due_days: int | None = None
    escalate_to: tuple[Rule, ...] = ()
    on_cover: str = ""


@dataclass(frozen=True)
class RoutePlan:
    """Ordered steps; made by `plan_of`, which checks them."""

    steps: tuple[PlanStep, ...]

    def step(self, step_id: str) -> PlanStep:
        """The step with this id; raises KeyError if there is none."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)


BUILT_IN: Final = RoutePlan(
    (
        PlanStep("review", "review", (Rule(Kind.FUNCTION, "reviewers"),), on_cover="review"),
        PlanStep("approval", "approval", (Rule(Kind.FUNCTION, "approvers"),), on_cover="approval"),
    )
)
"""Where nobody planned anything: one of the agency's reviewers, then one of its approvers."""


def plan_of(data: object) -> RoutePlan:
    """The plan that JSON data describe; raises PlanError for what is none.

    Steps without ``id`` are numbered. Phases never go back, and at least one step approves.
    """
    rows = data.get("steps") if isinstance(data, Mapping) else None
    if not _is_list(rows):
        raise PlanError(Problem.NOT_A_PLAN)
    if len(rows) > MOST_STEPS:
        raise PlanError(Problem.TOO_MANY_STEPS, value=str(MOST_STEPS))
    steps = tuple(_step(row, number) for number, row in enumerate(rows, 1))
    _check_order(steps)
    return RoutePlan(steps)


def data_of(plan: RoutePlan) -> dict[str, object]:
    """The plan as JSON data, so that ``plan_of(data_of(plan)) == plan``."""
    return {
        "steps": [
            {
                "id": step.id,
                "title": step.title,
                "meaning": step.meaning,
                "phase": step.phase,
                "members": [str(rule) for rule in step.members],
                "need": step.need,
                "due_days": step.due_days,
                "escalate_to": [str(rule) for rule in step.escalate_to],
                "on_cover": step.on_cover,
            }
            for step in plan.steps
        ]
    }


def _check_order(steps: Sequence[PlanStep]) -> None:
    seen: set[str] = set()
    for number, step in enumerate(steps, 1):
        if step.id in seen:
            raise PlanError(Problem.SAME_ID, number, step.id)
        seen.add(step.id)
        if step.phase == "review" and any(row.phase == "approval" for row in steps[:number]):
            raise PlanError(Problem.PHASE_BACK, number)
    if all(step.phase != "approval" for step in steps):
        raise PlanError(Problem.NO_APPROVAL)


def _step(row: object, number: int) -> PlanStep:
    if not isinstance(row, Mapping):
        raise PlanError(Problem.NOT_A_PLAN, number)
    unknown = sorted(set(map(str, row)) - _KNOWN)
    if unknown:
        raise PlanError(Problem.UNKNOWN_MEMBER, number, unknown[0])
    members = _rules(row, "members", number)
    if not members:
        raise PlanError(Problem.NO_MEMBERS, number)
    step_id = row.get("id") or f"step-{number}"
    if not isinstance(step_id, str) or not _ID.fullmatch(step_id) or len(step_id) > LONGEST_TEXT:
        raise PlanError(Problem.ID, number, str(step_id))
    on_cover = _text(row, "on_cover", number)
    if on_cover and on_cover not in COVER:
        raise PlanError(Problem.ON_COVER, number, on_cover)
    return PlanStep(
        id=step_id,
        phase=_phase(row.get("phase"), number),
        members=members,
        need=_need(row.get("need", "any"), number),
        title=_text(row, "title", number),
        meaning=_text(row, "meaning", number),
        due_days=_due_days(row.get("due_days"), number),
        escalate_to=_rules(row, "escalate_to", number),
        on_cover=on_cover,
    )


_PHASES: Final[Mapping[object, Phase]] = MappingProxyType(
    {phase: phase for phase in get_args(Phase)}
)


def _phase(value: object, number: int) -> Phase:
    if not isinstance(value, str) or value not in _PHASES:
        raise PlanError(Problem.PHASE, number, str(value))
    return _PHASES[value]


def _need(value: object, number: int) -> Need:
    if value == "all" or value == "any":
        return "all" if value == "all" else "any"
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
        return value
    raise PlanError(Problem.NEED, number, str(value))


def _due_days(value: object, number: int) -> int | None:
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_DAYS:
        return value
    raise PlanError(Problem.DUE_DAYS, number, str(value))


def _text(row: Mapping[str, object], name: str, number: int) -> str:
    value = row.get(name) or ""
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise PlanError(Problem.TEXT, number, name)
    return value.strip()


def _rules(row: Mapping[str, object], name: str, number: int) -> tuple[Rule, ...]:
    texts = row.get(name) or []
    if not _is_list(texts):
        raise PlanError(Problem.MEMBER, number, str(texts))
    rules: list[Rule] = []
    for text in texts:
        try:
            rules.append(Rule.parse(str(text)))
        except ValueError as error:
            raise PlanError(Problem.MEMBER, number, str(text)) from error
    return tuple(dict.fromkeys(rules))


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, (list, tuple))
