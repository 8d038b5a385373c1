"""Control panel of procedures."""

from eqms import _
from eqms.procedures.settings import IProcedureSettings
from plone.app.registry.browser import controlpanel
from z3c.form.browser.checkbox import CheckBoxFieldWidget


class SettingsForm(controlpanel.RegistryEditForm):
    """Which checks block."""

    schema = IProcedureSettings
    schema_prefix = "eqms.procedures"
    label = _("heading_procedure_settings", default="Procedures")
    description = _(
        "help_procedure_settings", default="What a procedure has to pass before it is submitted."
    )

    def updateFields(self) -> None:
        """Offer the checks as boxes to tick."""
        super().updateFields()
        self.fields["blocking_checks"].widgetFactory = CheckBoxFieldWidget


class SettingsPanel(controlpanel.ControlPanelFormWrapper):
    """The form in the frame of control panels."""

    form = SettingsForm
