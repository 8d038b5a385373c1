"""What people are told by mail, and in which words."""

from collections.abc import Mapping
from dataclasses import dataclass
from eqms import _
from types import MappingProxyType
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class Group:
    """Kinds that a person wants to have in the same way."""

    id: str
    title: Message


TASKS = Group("tasks", _("mail_group_tasks", default="My tasks and reminders"))
DRAFTS = Group("drafts", _("mail_group_drafts", default="What becomes of what I wrote"))
NOTICES = Group("notices", _("mail_group_notices", default="Notices of issue and of ending"))

GROUPS: Mapping[str, Group] = MappingProxyType(
    {group.id: group for group in (TASKS, DRAFTS, NOTICES)}
)


@dataclass(frozen=True)
class Kind:
    """One kind of note: the words may name ``${title}`` and the facts of the note."""

    group: Group
    words: Message


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "task_opened": Kind(
            TASKS, _("mail_task_opened", default="Waiting for your signature: ${title}")
        ),
        "task_moved": Kind(
            TASKS,
            _("mail_task_moved", default="Handed over to you, waiting to be signed: ${title}"),
        ),
        "task_due": Kind(
            TASKS, _("mail_task_due", default="Due on ${due}, not signed yet: ${title}")
        ),
        "task_overdue": Kind(
            TASKS,
            _("mail_task_overdue", default="Overdue since ${due}, not signed yet: ${title}"),
        ),
        "task_escalated": Kind(
            TASKS,
            _(
                "mail_task_escalated",
                default="Overdue since ${due} with ${name}, for you to know: ${title}",
            ),
        ),
        "returned": Kind(
            DRAFTS, _("mail_returned", default="Returned to you by ${name}: ${title}. ${comment}")
        ),
        "base_lost": Kind(
            DRAFTS,
            _(
                "mail_base_lost",
                default="Another revision came in force, so yours is a draft again: ${title}",
            ),
        ),
        "in_force": Kind(DRAFTS, _("mail_in_force", default="In force now: ${title}")),
        "notice_issued": Kind(
            NOTICES,
            _(
                "mail_notice_issued",
                default="Issued, in force from ${day}: ${code} ${title} (${number})",
            ),
        ),
        "notice_in_force": Kind(
            NOTICES,
            _(
                "mail_notice_in_force",
                default="In force since ${day}, an earlier edition is not to be used any more: "
                "${code} ${title} (${number})",
            ),
        ),
        "notice_suspended": Kind(
            NOTICES,
            _(
                "mail_notice_suspended",
                default="Suspended since ${day}, do not work by it: ${code} ${title} (${number})",
            ),
        ),
        "notice_resumed": Kind(
            NOTICES,
            _(
                "mail_notice_resumed",
                default="In force again since ${day}: ${code} ${title} (${number})",
            ),
        ),
        "notice_retired": Kind(
            NOTICES,
            _(
                "mail_notice_retired",
                default="Out of use since ${day}, withdraw the copies: ${code} ${title} "
                "(${number})",
            ),
        ),
    }
)
