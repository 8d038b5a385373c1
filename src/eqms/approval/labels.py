"""What steps, phases and outcomes are called on screen."""

from eqms import _
from eqms.documents.errors import told
from eqms.domain.route_plan import PlanStep


PHASE_NAMES = {
    "review": _("phase_review", default="review"),
    "approval": _("phase_approval", default="approval"),
}


def step_name(step: PlanStep) -> str:
    """What a step is called: its title, the word for its act, or the phase."""
    return step.title or step.meaning or told(PHASE_NAMES[step.phase])
