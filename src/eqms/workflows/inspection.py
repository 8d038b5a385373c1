"""All that the pages and REST of this room say about the workflows of the site."""

from dataclasses import dataclass
from eqms.domain.workflow_checks import Finding
from eqms.domain.workflow_checks import findings
from eqms.domain.workflow_checks import unbound
from eqms.domain.workflow_graph import is_internal
from eqms.domain.workflow_graph import Site
from eqms.domain.workflow_graph import State
from eqms.domain.workflow_graph import Transition
from eqms.domain.workflow_graph import who
from eqms.domain.workflow_graph import Workflow
from eqms.workflows import reading
from functools import cached_property
from zExceptions import NotFound


@dataclass(frozen=True)
class Inspected:
    """A workflow with what was found in it."""

    workflow: Workflow
    site: Site

    @cached_property
    def findings(self) -> list[Finding]:
        """What looks wrong, what matters most first."""
        return findings(self.workflow, self.site)

    def who(self, state: State, transition: Transition) -> list[str]:
        """The roles that may take a transition from a state, sorted."""
        return sorted(who(self.workflow, state, transition, self.site))

    def is_internal(self, transition: Transition) -> bool:
        """Whether the transition is left to the software."""
        return is_internal(self.workflow, transition, self.site)


class Inspection:
    """The workflows of the site, each looked at once."""

    def __init__(self) -> None:
        chains = reading.chains()
        workflows = reading.workflows(chains)
        site = reading.site(workflows)
        self.workflows = [Inspected(workflow, site) for workflow in workflows]
        self.findings = unbound(chains, (workflow.id for workflow in workflows))

    def __getitem__(self, name: str) -> Inspected:
        """One workflow.

        :raises NotFound: if the site has none of that id
        """
        for inspected in self.workflows:
            if inspected.workflow.id == name:
                return inspected
        raise NotFound(name)
