"""Prints, for people who work on a document."""

from eqms.documents.dates import moment_of
from eqms.documents.workflow import state_of
from eqms.domain.revisions import State
from eqms.printing.copies import may_control
from eqms.printing.frozen import frozen_print
from functools import cached_property
from plone.app.layout.viewlets.common import ViewletBase
from typing import Any


class PrintPanel(ViewletBase):
    """PDF, Word file, and for the controller the copy that is distributed."""

    @cached_property
    def kept(self) -> dict[str, Any] | None:
        """When the print that readers get was made, and its digest."""
        found = frozen_print(self.context)
        return found and {"at": moment_of(found.at), "sha256": found.sha256}

    @property
    def may_control(self) -> bool:
        """Whether the person may make a controlled copy: of what is in force."""
        return state_of(self.context) is State.IN_FORCE and may_control(self.context)
