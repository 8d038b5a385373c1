"""What people who work on a document see beside its text: state, revisions, next steps."""

from Acquisition import aq_parent
from eqms.documents.content import IRevision
from eqms.documents.content import number_of
from eqms.documents.content import register_of
from eqms.documents.dates import moment_of
from eqms.documents.dates import site_zone
from eqms.documents.drafting import free_kinds
from eqms.documents.labels import DOCUMENT_STATES
from eqms.documents.labels import state_label
from eqms.documents.services.revisions.get import visible_revisions
from eqms.documents.snapshot import full_text
from eqms.documents.switch import is_stale
from eqms.documents.workflow import state_of
from eqms.domain import clock
from eqms.domain.revisions import Kind
from eqms.domain.revisions import WRITABLE
from eqms.domain.secrecy import secrecy_marks
from plone import api
from plone.app.layout.viewlets.common import ViewletBase
from typing import Any
from zope.viewlet.interfaces import IViewletManager


class IEditorPanel(IViewletManager):
    """Beside the page of a document or revision, for people of the agency."""


class DocumentPanel(ViewletBase):
    """State of the document, its revisions, and the way to the next one."""

    def available(self) -> bool:
        """Only for people who may see more than the public."""
        return bool(self.revisions) and not api.user.is_anonymous()

    def update(self) -> None:
        """Collect the revisions that the person may see."""
        super().update()
        in_revision = IRevision.providedBy(self.context)
        self.document = aq_parent(self.context) if in_revision else self.context
        revisions = visible_revisions(self.document)
        self.comparable = len(revisions) > 1
        self.revisions = [self._row(item) for item in revisions]

    @property
    def state(self) -> Any:
        """State of the document in words."""
        return DOCUMENT_STATES[register_of(self.document).document_state]

    @property
    def secrecy_marks(self) -> str:
        """Marks of state secrecy in the revision on the page; a warning, for they may be quoted."""
        if not IRevision.providedBy(self.context):
            return ""
        return ", ".join(secrecy_marks(full_text(self.context)))

    @property
    def today(self) -> str:
        """The latest day whose revision can be asked for; empty if none was ever in force."""
        if not register_of(self.document).intervals:
            return ""
        return clock.today(site_zone()).isoformat()

    @property
    def may_revise(self) -> bool:
        """Whether the person may open the next draft now."""
        return bool(free_kinds(self.document)) and api.user.has_permission(
            "eqms: Draft revision", obj=self.document
        )

    @property
    def may_edit_identity(self) -> bool:
        """Whether the person may change code, review interval and the like."""
        return api.user.has_permission("Modify portal content", obj=self.document)

    @property
    def may_view_trail(self) -> bool:
        """Whether the person may see who did what."""
        return api.user.has_permission("eqms: View trail", obj=self.document)

    def _row(self, revision: Any) -> dict[str, Any]:
        state = state_of(revision)
        may_edit = state in WRITABLE and api.user.has_permission(
            "Modify portal content", obj=revision
        )
        return {
            "url": revision.absolute_url(),
            "edit_url": f"{revision.absolute_url()}/edit" if may_edit else None,
            "rebase_url": (
                f"{revision.absolute_url()}/@@rebase" if may_edit and is_stale(revision) else None
            ),
            "urgent": revision.kind == Kind.URGENT,
            "compare_url": f"{revision.absolute_url()}/@@compare" if self.comparable else None,
            "number": number_of(revision),
            "title": revision.title,
            "state": state_label(revision, state),
            "due": moment_of(revision.due_at),
            "state_id": state.value,
            "current": revision.getId() == self.context.getId(),
        }
