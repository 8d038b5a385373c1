"""Findings in words: what is the matter, and what to do about it."""

from collections.abc import Mapping
from eqms import _
from eqms.domain.workflow_checks import Finding
from eqms.domain.workflow_checks import Kind
from eqms.domain.workflow_checks import Severity
from eqms.domain.workflow_graph import Workflow
from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.i18nmessageid import Message


SEVERITIES: Mapping[Severity, Message] = {
    Severity.ERROR: _("severity_error", default="Error"),
    Severity.WARNING: _("severity_warning", default="Warning"),
    Severity.NOTE: _("severity_note", default="Note"),
}

KINDS: Mapping[Kind, Message] = {
    Kind.WORKFLOW: _("kind_workflow", default="Workflow"),
    Kind.STATE: _("kind_state", default="State"),
    Kind.TRANSITION: _("kind_transition", default="Transition"),
    Kind.ROLE: _("kind_role", default="Role"),
    Kind.TYPE: _("kind_type", default="Content type"),
}

MESSAGES: Mapping[str, Message] = {
    "initial_state_missing": _(
        "finding_initial_state_missing",
        default="Content is to begin in the state “${state}”, which does not exist.",
    ),
    "state_unreachable": _(
        "finding_state_unreachable",
        default="No way leads here from where content begins.",
    ),
    "transition_to_nowhere": _(
        "finding_transition_to_nowhere",
        default="It leads to the state “${state}”, which does not exist.",
    ),
    "exit_unknown": _(
        "finding_exit_unknown",
        default="The transition “${transition}” is to leave this state, but does not exist.",
    ),
    "state_without_exit": _(
        "finding_state_without_exit",
        default="No transition leaves this state. Right for an end, wrong for a stop on the way.",
    ),
    "transition_unused": _(
        "finding_transition_unused",
        default="No state lets anybody take this transition.",
    ),
    "guard_open": _(
        "finding_guard_open",
        default="Its guard names no permission, role, group or condition: whoever reaches the "
        "content may take it.",
    ),
    "role_unknown": _(
        "finding_role_unknown",
        default="The workflow names this role, but the site has no such role.",
    ),
    "role_without_holder": _(
        "finding_role_without_holder",
        default="No person and no group has this role.",
    ),
    "role_holder_not_found": _(
        "finding_role_holder_not_found",
        default="No person and no group was found that has this role. It may still be given deep "
        "in the folders, or by the software to those whose turn it is.",
    ),
    "permission_unset": _(
        "finding_permission_unset",
        default="The workflow manages these permissions, but the state says nothing about them, "
        "so they are as in the folder: ${permissions}.",
    ),
    "permission_acquired": _(
        "finding_permission_acquired",
        default="Unlike in other states, these permissions are also those of the folder: "
        "${permissions}.",
    ),
    "permission_unmanaged": _(
        "finding_permission_unmanaged",
        default="The state sets these permissions in vain, because the workflow does not manage "
        "them: ${permissions}.",
    ),
    "write_after_start": _(
        "finding_write_after_start",
        default="Content can still be written here (${permissions}) by: ${roles}.",
    ),
    "content_stranded": _(
        "finding_content_stranded",
        default="${count} objects (${types}) are in this state, which the workflow does not know: "
        "nobody can move them on. A local workflow policy may explain it.",
    ),
    "type_bound_to_nothing": _(
        "finding_type_bound_to_nothing",
        default="It is bound to the workflow “${workflow}”, which does not exist.",
    ),
}


def message_of(finding: Finding) -> str:
    """What is the matter, in the language of the request."""
    message = MESSAGES[finding.id]
    return told(Message(message, mapping=dict(finding.details)))


def place_of(finding: Finding, workflow: Workflow | None = None) -> str:
    """What the finding is about: kind, title and id."""
    title = _title(finding, workflow)
    named = f"{title} ({finding.subject})" if title else finding.subject
    return f"{told(KINDS[finding.kind])}: {named}"


def told(message: Message | str) -> str:
    """A message in the language of the request."""
    return str(translate(message, context=getRequest()))


def _title(finding: Finding, workflow: Workflow | None) -> str:
    if workflow is None:
        return ""
    if finding.kind is Kind.WORKFLOW:
        return workflow.title
    if finding.kind is Kind.STATE:
        item = workflow.state(finding.subject)
    elif finding.kind is Kind.TRANSITION:
        item = workflow.transition(finding.subject)
    else:
        return ""
    return item.title if item is not None else ""
