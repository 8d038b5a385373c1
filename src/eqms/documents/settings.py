"""Settings of this room, kept in the registry of the site.

The defaults hold until a site sets its own; installing the add-on again keeps what was set.
"""

from eqms import _
from zope import schema
from zope.interface import Interface


class IDocumentSettings(Interface):
    """Choices on documents and the form of their codes."""

    fields = schema.Dict(
        title=_("setting_fields", default="Fields of administration"),
        description=_("help_setting_fields", default="Letters in codes and name (lĩnh vực)."),
        key_type=schema.TextLine(),
        value_type=schema.TextLine(),
        default={
            "HCTP": "Hành chính tư pháp",
            "HT": "Hộ tịch",
            "CT": "Chứng thực",
            "NCN": "Nuôi con nuôi",
            "BTNN": "Bồi thường nhà nước",
            "HTQLCL": "Hệ thống quản lý chất lượng",
        },
    )

    levels = schema.Dict(
        title=_("setting_levels", default="Levels of procedures"),
        description=_("help_setting_levels", default="Letters in codes and name (cấp thực hiện)."),
        key_type=schema.TextLine(),
        value_type=schema.TextLine(),
        default={
            "CT": "Cấp tỉnh",
            "CX": "Cấp xã",
        },
    )

    retention_classes = schema.Dict(
        title=_("setting_retention_classes", default="Retention classes"),
        description=_(
            "help_setting_retention_classes", default="How long a document out of use is kept."
        ),
        key_type=schema.TextLine(),
        value_type=schema.TextLine(),
        default={
            "permanent": "Vĩnh viễn",
            "years-20": "20 năm",
            "years-10": "10 năm",
            "years-5": "5 năm",
        },
    )

    code_patterns = schema.Dict(
        title=_("setting_code_patterns", default="Code patterns"),
        description=_(
            "help_setting_code_patterns",
            default="By document type; an agency may have its own. ControlledForm/Procedure is for "
            "forms that belong to a procedure: {parent} is its code.",
        ),
        key_type=schema.TextLine(),
        value_type=schema.TextLine(),
        default={
            "QualityManual": "STCL",
            "QualityPolicy": "CSCL",
            "Procedure": "QT {seq:02}/{level}-{field}",
            "WorkInstruction": "HD {seq:02}/{field}",
            "ControlledForm": "BM {seq:02}/{field}",
            "ControlledForm/Procedure": "BM.{parent}.{seq:02}",
        },
    )
