"""Control panel of working days, for the programme office too."""

from eqms import _
from eqms.references.settings import IWorkingDays
from eqms.references.settings import PREFIX
from plone.app.registry.browser import controlpanel


class WorkingDaysForm(controlpanel.RegistryEditForm):
    """Days off, days worked instead, office hours."""

    schema = IWorkingDays
    schema_prefix = PREFIX
    label = _("heading_working_days", default="Working days")
    description = _(
        "help_working_days",
        default="By these the day is reckoned on which a result is due. Each change leaves a row "
        "in the audit trail of the site.",
    )


class WorkingDaysPanel(controlpanel.ControlPanelFormWrapper):
    """The form in the frame of control panels."""

    form = WorkingDaysForm
