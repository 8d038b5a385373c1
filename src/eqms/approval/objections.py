"""Why a person may not sign a revision now, and on whose behalf he or she may."""

from eqms import _
from eqms.approval import substitution
from eqms.approval.progress import route_of
from eqms.approval.record import record_of
from eqms.approval.separation import duties_of
from eqms.domain import route as rules
from eqms.domain.route import Refusal
from typing import Any


REASONS = {
    Refusal.AUTHOR: _(
        "refusal_author",
        default="You wrote in this revision, so somebody else has to review and approve it.",
    ),
    Refusal.STANDS_FOR_AUTHOR: _(
        "refusal_stands_for_author",
        default="Today you stand in for somebody who wrote in this revision, or such a person for "
        "you. Somebody else has to review and approve it.",
    ),
    Refusal.NOT_YOUR_STEP: _(
        "refusal_not_your_step", default="The open step of the route is not yours."
    ),
    Refusal.ALREADY_SIGNED: _(
        "refusal_already_signed", default="You signed this revision in an earlier step already."
    ),
    Refusal.NEEDED_LATER: _(
        "refusal_needed_later",
        default="You are needed for a later step. Somebody else has to sign this one.",
    ),
    Refusal.COMPLETE: _("refusal_complete", default="All signatures have been given."),
    Refusal.CONTENT_CHANGED: _(
        "refusal_content_changed",
        default="The content is not what the earlier signatures were given on.",
    ),
}


def refusal_for(revision: Any, person: str, on_behalf_of: str | None = None) -> Refusal | None:
    """Why a person may not sign the open step now; None if nothing stands against it.

    :param on_behalf_of: the absent member; that the person stands in is established by the caller
    """
    record = record_of(revision)
    if not record.running:
        return Refusal.NOT_YOUR_STEP
    return rules.refusal(
        route_of(revision),
        record.standing(),
        person,
        duties_of(revision),
        revision.content_hash,
        on_behalf_of,
    )


def principals(revision: Any, person: str) -> list[str | None]:
    """For whom a person may sign the open step today: None is the person's own place."""
    asked: list[str | None] = [None]
    asked += [row.absent for row in substitution.represented_by(person)]
    return [absent for absent in asked if refusal_for(revision, person, absent) is None]
