"""Which of the tasks that wait for a person are signed as a set."""

from collections.abc import Sequence
from eqms import _
from eqms.approval.signing import ToSign
from eqms.approval.tasks import tasks_for
from eqms.documents.errors import conflict
from plone import api


def chosen(uids: Sequence[str]) -> list[ToSign]:
    """What to sign for the revisions with these UIDs, each for whom the task is.

    :raises Conflict: if one does not wait for the person who is logged in
    """
    me, site = api.user.get_current().getId(), api.portal.get()
    # Own tasks come over those of others that one could sign in their place.
    waiting = {task.revision: task for task in tasks_for(me)}
    waiting |= {task.revision: task for task in tasks_for(me) if task.person == me}
    wanted = []
    for uid in uids:
        task = waiting.get(uid)
        if task is None:
            raise conflict(
                _(
                    "error_not_waiting",
                    default="The revision ${uid} does not wait for your signature. Nothing was "
                    "signed.",
                    mapping={"uid": uid},
                )
            )
        absent = task.person if task.person != me else None
        revision = site.unrestrictedTraverse(task.path)
        wanted.append(ToSign(revision, task.phase, on_behalf_of=absent))
    return wanted
