"""``@workflow`` of documents and revisions, in place of plone.restapi's.

That one dates an object before it asks whether the transition is allowed, takes a cookie without a
token, and answers with the history to whoever may view.
"""

from eqms import _
from eqms.approval import actions
from eqms.approval.services.post import answer
from eqms.documents.errors import bad_request
from eqms.documents.errors import forbidden
from eqms.documents.services.body import text_of
from eqms.documents.services.csrf import refuse_forged_request
from eqms.domain.revisions import TRANSITIONS
from plone.restapi.services import Service
from typing import Any
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


@implementer(IPublishTraverse)
class RevisionWorkflowPost(Service):
    """``POST /{revision}/@workflow/{transition}`` with an optional ``comment`` in the body."""

    transition = ""

    def publishTraverse(self, request: Any, name: str) -> "RevisionWorkflowPost":
        """Take the transition after the service's name."""
        self.transition = name
        return self

    def reply(self) -> dict[str, Any]:
        """The facts of the revision and its signatures.

        :raises BadRequest: if there is no such transition
        :raises Forbidden: for a transition that only follows from others
        """
        refuse_forged_request(self.request)
        if self.transition not in TRANSITIONS:
            raise bad_request(_("error_unknown_transition", default="There is no such transition."))
        if TRANSITIONS[self.transition].internal:
            raise by_hand()
        comment = text_of(self.request, "comment")
        actions.transition(self.context, self.transition, comment)
        return {"action": self.transition, "comments": comment, **answer(self.context)}


@implementer(IPublishTraverse)
class DocumentWorkflowPost(Service):
    """``POST /{document}/@workflow/…``: who may read follows from the revision in force."""

    def publishTraverse(self, request: Any, name: str) -> "DocumentWorkflowPost":
        """Take any name."""
        return self

    def reply(self) -> dict[str, Any]:
        """Never.

        :raises Forbidden: always
        """
        refuse_forged_request(self.request)
        raise by_hand()


def by_hand() -> Exception:
    """What is answered to whoever asks for a transition that code fires."""
    return forbidden(
        _(
            "error_internal_transition",
            default="This step follows from other ones. Nobody takes it by hand.",
        )
    )
