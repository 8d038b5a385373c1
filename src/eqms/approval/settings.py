"""Settings of this room, kept in the registry of the site.

The defaults hold until a site sets its own; installing the add-on again keeps what was set.
"""

from eqms import _
from plone import api
from typing import Any
from zope import schema
from zope.interface import Interface


class IApprovalSettings(Interface):
    """How documents are approved and issued."""

    issue_mode = schema.Choice(
        title=_("setting_issue_mode", default="Approved revisions"),
        description=_("help_setting_issue_mode", default="Where an agency does not say otherwise."),
        values=("at_once", "by_decision"),
        default="at_once",
    )
    decision_file_required = schema.Bool(
        title=_("setting_decision_file", default="Issue decisions need their signed file"),
        default=False,
        required=False,
    )

    reminder_days = schema.List(
        title=_("setting_reminder_days", default="Reminders of tasks"),
        description=_(
            "help_setting_reminder_days",
            default="Days before a task is due; 0 is the day itself, negative numbers are days "
            "after it. Each is told once.",
        ),
        value_type=schema.Int(min=-60, max=60),
        default=[3, 1, 0, -1, -3],
    )
    mail_default = schema.Choice(
        title=_("setting_mail_default", default="Mail to people who have chosen nothing"),
        values=("at_once", "daily", "never"),
        default="at_once",
    )
    digest_hour = schema.Int(
        title=_("setting_digest_hour", default="Hour of the daily mail"),
        description=_("help_setting_digest_hour", default="In the time zone of the site."),
        min=0,
        max=23,
        default=7,
    )
    site_address = schema.URI(
        title=_("setting_site_address", default="Address of the site in mails and on paper"),
        description=_(
            "help_setting_site_address",
            default="The address people know it by, for example https://iso.example.vn. Jobs of "
            "the clock have no visitor to learn it from.",
        ),
        required=False,
    )
    authentication_methods = schema.Tuple(
        title=_("setting_authentication_methods", default="How signers prove who they are"),
        description=_(
            "help_setting_authentication_methods",
            default="password: the password; totp: a one-time code (RFC 6238). The first one is "
            "asked for unless the signer chooses another.",
        ),
        value_type=schema.ASCIILine(),
        default=("password",),
        min_length=1,
    )
    authentication_attempts = schema.Int(
        title=_("setting_authentication_attempts", default="Wrong attempts in a row"),
        description=_(
            "help_setting_authentication_attempts",
            default="After so many a person cannot sign for some minutes.",
        ),
        default=5,
        min=1,
    )
    authentication_lock_minutes = schema.Int(
        title=_("setting_authentication_lock_minutes", default="Minutes of the lock"),
        default=15,
        min=1,
    )
    challenge_minutes = schema.Int(
        title=_("setting_challenge_minutes", default="Minutes to sign in"),
        description=_(
            "help_setting_challenge_minutes",
            default="How long after opening the page for signing the signature may be given.",
        ),
        default=5,
        min=1,
    )
    copy_megabytes = schema.Int(
        title=_("setting_copy_megabytes", default="Megabytes of a signed copy"),
        default=30,
        min=1,
        max=500,
    )
    trusted_certificates = schema.Text(
        title=_("setting_trusted_certificates", default="Trusted certificates"),
        description=_(
            "help_setting_trusted_certificates",
            default="Root certificates (PEM) that digital signatures must lead to. Without any, "
            "the chain of certificates is not checked, and said so.",
        ),
        required=False,
        default="",
    )
    routes = schema.Dict(
        title=_("setting_routes", default="Routes of the site"),
        description=_(
            "help_setting_routes",
            default="By document type, or empty for all types, as JSON; agencies and documents may "
            "have their own. The page “Route” of the site writes them.",
        ),
        key_type=schema.TextLine(),
        value_type=schema.Text(),
        default={},
        required=False,
    )


def setting(name: str) -> Any:
    """The value of a setting; its default if the site has no record of it."""
    default = IApprovalSettings[name].default
    return api.portal.get_registry_record(f"eqms.approval.{name}", default=default)


def site_url() -> str:
    """The address that people know the site by; as the request knows it if none is set."""
    return str(setting("site_address") or api.portal.get().absolute_url()).rstrip("/")
