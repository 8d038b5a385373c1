"""Settings of this room, kept in the registry of the site.

The defaults hold until a site sets its own; installing the add-on again keeps what was set.
"""

from eqms import _
from zope import schema
from zope.interface import Interface


PREFIX = "eqms.trail"


class ITrailSettings(Interface):
    """How the audit trail is secured against being altered."""

    checkpoint_hours = schema.Int(
        title=_("setting_checkpoint_hours", default="Hours between two checkpoints"),
        description=_(
            "help_setting_checkpoint_hours",
            default="A checkpoint says what all audit trails looked like. Keep it outside the "
            "database (eqms verify --write-checkpoint). 0 takes none by itself.",
        ),
        min=0,
        max=24 * 31,
        default=24,
    )
    tsa_url = schema.ASCIILine(
        title=_("setting_tsa_url", default="Time stamping authority"),
        description=_(
            "help_setting_tsa_url",
            default="Address of a service (RFC 3161) that stamps each checkpoint with its time. "
            "Empty: no time stamps, and no connection to the outside.",
        ),
        required=False,
        default="",
    )
    tsa_roots = schema.ASCII(
        title=_("setting_tsa_roots", default="Trusted root certificates"),
        description=_(
            "help_setting_tsa_roots",
            default="Of the time stamping authority, as PEM. Without them a stamp can be read, "
            "but not trusted.",
        ),
        required=False,
        default="",
    )
