"""What the rows of the audit trail are called on screen; an action without words shows its id."""

from collections.abc import Mapping
from eqms import _
from eqms.trail.causes import Channel
from types import MappingProxyType
from zope.i18nmessageid import Message


ACTIONS: Mapping[str, Message] = MappingProxyType(
    {
        "document_added": _("row_document_added", default="Document added"),
        "document_removed": _("row_document_removed", default="Document removed"),
        "identity_changed": _("row_identity_changed", default="Code or retention changed"),
        "hold_set": _("row_hold_set", default="Legal hold set"),
        "hold_lifted": _("row_hold_lifted", default="Legal hold lifted"),
        "draft_opened": _("row_draft_opened", default="Draft opened"),
        "draft_removed": _("row_draft_removed", default="Draft removed"),
        "submit": _("row_submit", default="Submitted"),
        "signed": _("row_signed", default="Signed"),
        "reauthentication_failed": _(
            "row_reauthentication_failed", default="Wrong password when signing"
        ),
        "authentication_locked": _(
            "row_authentication_locked", default="Locked after wrong passwords"
        ),
        "task_moved": _("row_task_moved", default="Task handed over"),
        "route_changed": _("row_route_changed", default="Route changed"),
        "substitution_recorded": _("row_substitution_recorded", default="Substitute recorded"),
        "substitution_ended": _("row_substitution_ended", default="Substitution ended"),
        "waiver_recorded": _(
            "row_waiver_recorded", default="Decision on separation of duties recorded"
        ),
        "waiver_confirmed": _(
            "row_waiver_confirmed", default="Decision on separation of duties confirmed"
        ),
        "waiver_ended": _("row_waiver_ended", default="Decision on separation of duties ended"),
        "signing_code_enrolled": _("row_signing_code_enrolled", default="Codes for signing set up"),
        "signing_code_removed": _("row_signing_code_removed", default="Codes for signing removed"),
        "signed_copy_attached": _("row_signed_copy_attached", default="Signed copy attached"),
        "signed_copy_verified": _(
            "row_signed_copy_verified", default="Signed copy looked at again"
        ),
        "signed_copy_struck": _("row_signed_copy_struck", default="Signed copy struck out"),
        "recoded": _("row_recoded", default="New code"),
        "print_frozen": _("row_print_frozen", default="Print made and kept"),
        "print_template_changed": _("row_print_template", default="Word template changed"),
        "confirm_review": _("row_confirm_review", default="Review completed"),
        "reject": _("row_reject", default="Returned"),
        "recall": _("row_recall", default="Recalled"),
        "withdraw": _("row_withdraw", default="Draft discarded"),
        "approve": _("row_approve", default="Approved"),
        "issued": _("row_issued", default="Issued"),
        "rescheduled": _("row_rescheduled", default="Date in force changed"),
        "make_in_force": _("row_make_in_force", default="Put in force"),
        "supersede": _("row_supersede", default="Superseded"),
        "suspend": _("row_suspend", default="Suspended"),
        "resume": _("row_resume", default="Applied again"),
        "retire": _("row_retire", default="Retired"),
        "lose_base": _("row_lose_base", default="Back to draft: its base was replaced"),
        "rebased": _("row_rebased", default="Put on the revision in force"),
        "cancel_approval": _("row_cancel_approval", default="Approval cancelled"),
        "migrate": _("row_migrate", default="Taken over as in force"),
        "migration_corrected": _("row_migration_corrected", default="Taken over data corrected"),
        "migration_confirmed": _("row_migration_confirmed", default="Taken over data confirmed"),
        "imported": _("row_imported", default="Imported from a file"),
        "import_opened": _("row_import_opened", default="Import begun"),
        "import_undone": _("row_import_undone", default="Import taken back"),
        "agency_added": _("row_agency_added", default="Agency added"),
        "agency_changed": _("row_agency_changed", default="Settings of the agency changed"),
        "agency_removed": _("row_agency_removed", default="Agency removed"),
        "member_added": _("row_member_added", default="Added to a group"),
        "member_removed": _("row_member_removed", default="Taken out of a group"),
        "group_removed": _("row_group_removed", default="Group removed"),
        "reference_added": _("row_reference_added", default="Registered"),
        "reference_changed": _("row_reference_changed", default="Registered facts changed"),
        "reference_removed": _("row_reference_removed", default="Taken out of the register"),
        "working_days_changed": _("row_working_days_changed", default="Working days changed"),
        "user_removed": _("row_user_removed", default="Account removed"),
        "local_roles_changed": _("row_local_roles_changed", default="Roles changed"),
        "site_roles_changed": _(
            "row_site_roles_changed", default="Roles in the whole site changed"
        ),
    }
)

CHANNELS: Mapping[str, Message] = MappingProxyType(
    {
        Channel.PAGE: _("channel_page", default="page"),
        Channel.REST: _("channel_rest", default="REST"),
        Channel.JOB: _("channel_job", default="by itself"),
        Channel.CODE: _("channel_code", default="on the server"),
    }
)

DETAILS: Mapping[str, Message] = MappingProxyType(
    {
        "comment": _("label_comment", default="Comment"),
        "reason": _("label_reason", default="Reason"),
        "number": _("label_revision_number", default="Number"),
        "title": _("label_title", default="Title"),
        "code": _("label_code", default="Code"),
        "old_state": _("label_old_state", default="State before"),
        "new_state": _("label_new_state", default="State after"),
        "content_hash": _("label_content_hash", default="Hash of the content"),
        "meaning": _("label_signature_meaning", default="Meaning"),
        "step": _("label_step_title", default="Step"),
        "capacity": _("label_capacity", default="Capacity"),
        "method": _("label_method", default="Confirm with"),
        "signature": _("label_signature_hash", default="Hash of the signature"),
        "kind": _("label_kind", default="Kind"),
        "in_force_from": _("label_in_force_from", default="In force from"),
        "group": _("label_group", default="Group"),
        "person": _("label_person", default="Person"),
        "principal": _("label_principal", default="Person or group"),
    }
)

INSTANTS = frozenset({"in_force_from", "planned"})
"""Details that are told as day and time of the site."""

LEFT_OUT = frozenset({"revision", "object", "changes", "seq", "based_on"})
"""Details that are told otherwise, or say nothing to people."""

FLAWS: Mapping[str, Message] = MappingProxyType(
    {
        "content": _("flaw_content", default="A row was altered."),
        "order": _("flaw_order", default="A row is missing, was inserted or moved."),
        "head": _("flaw_head", default="The newest rows are not those that were noted."),
        "document_missing": _("flaw_missing", default="Something that the trail tells of is gone."),
        "revision_missing": _("flaw_missing", default="Something that the trail tells of is gone."),
        "agency_missing": _("flaw_missing", default="Something that the trail tells of is gone."),
        "revision_unknown": _("flaw_unknown", default="There is a revision without a row."),
        "state": _("flaw_state", default="A revision is in another state than the trail says."),
        "content_altered": _(
            "flaw_content_altered", default="The content of a revision is not what was submitted."
        ),
        "signature_unknown": _(
            "flaw_signature_unknown", default="A signature is not as it was given."
        ),
        "signature_missing": _(
            "flaw_signature_missing", default="A signature that the trail tells of is gone."
        ),
        "roles": _("flaw_roles", default="There are roles that no row tells of."),
        "members": _("flaw_members", default="A group has other members than the rows tell of."),
    }
)
