"""Settings of this room, kept in the registry of the site.

The defaults hold until a site sets its own; installing the add-on again keeps what was set.
"""

from eqms import _
from zope import schema
from zope.interface import Interface


class IAgencySettings(Interface):
    """What the programme counts agencies by."""

    blocks = schema.Dict(
        title=_("setting_blocks", default="Blocks of agencies"),
        description=_("help_setting_blocks", default="By which the programme counts (khối)."),
        key_type=schema.TextLine(),
        value_type=schema.TextLine(),
        default={
            "departments": "Khối sở, ban, ngành",
            "districts": "Khối huyện, thị xã",
            "communes": "Khối xã, phường, thị trấn",
            "vertical": "Khối cơ quan ngành dọc",
            "service": "Khối đơn vị sự nghiệp",
        },
    )
