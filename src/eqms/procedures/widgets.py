"""How tables and the special kinds of fields are typed and taken in forms."""

from collective.z3cform.datagridfield.datagridfield import DataGridFieldConverter
from collective.z3cform.datagridfield.interfaces import IDataGridFieldWidget
from eqms.procedures.fields import IDay
from eqms.procedures.fields import ILenient
from eqms.procedures.fields import ITerritory
from eqms.procedures.rows import IRows
from eqms.references.lookup import territory_names
from html import escape
from plone.app.z3cform.widgets.text import TextWidget
from typing import Any
from z3c.form.converter import BaseDataConverter
from z3c.form.interfaces import IFieldWidget
from z3c.form.interfaces import IFormLayer
from z3c.form.interfaces import ITextWidget
from z3c.form.validator import SimpleFieldValidator
from z3c.form.widget import FieldWidget
from zope.component import adapter
from zope.interface import implementer
from zope.interface import Interface


class DayWidget(TextWidget):
    """The date field of the browser; it sends ISO text."""

    @property
    def attributes(self) -> dict[str, Any]:
        """As of any text field, with the type of dates."""
        return {**super().attributes, "type": "date"}


@implementer(IFieldWidget)
@adapter(IDay, IFormLayer)
def day_field_widget(field: Any, request: Any) -> FieldWidget:
    """Widget of a day."""
    return FieldWidget(field, DayWidget(request))


class TerritoryWidget(TextWidget):
    """A text field that suggests the registered territory groups."""

    @property
    def attributes(self) -> dict[str, Any]:
        """As of any text field, with the list of what it suggests."""
        return {**super().attributes, "list": f"{self.id}-groups"}

    def render(self) -> str:
        """The field and its list."""
        options = "".join(f'<option value="{escape(name)}"></option>' for name in territory_names())
        return f'{super().render()}<datalist id="{self.id}-groups">{options}</datalist>'


@implementer(IFieldWidget)
@adapter(ITerritory, IFormLayer)
def territory_field_widget(field: Any, request: Any) -> FieldWidget:
    """Widget of a territory."""
    return FieldWidget(field, TerritoryWidget(request))


@adapter(ILenient, ITextWidget)
class LenientConverter(BaseDataConverter):
    """Reads what a person wrote; shows 8.000, whatever language the browser speaks."""

    def toWidgetValue(self, value: str | int | None) -> str:
        """Text as it is stored, amounts with points between thousands."""
        if isinstance(value, int):
            return f"{value:,}".replace(",", ".")
        return value or ""

    def toFieldValue(self, value: str | int | None) -> str | int | None:
        """What is stored; a grid that shows refused rows again hands over stored values too."""
        return super().toFieldValue(value) if isinstance(value, str) else value


@adapter(IRows, IDataGridFieldWidget)
class RowsConverter(DataGridFieldConverter):
    """Takes a table without the rows that were left empty."""

    def toFieldValue(self, value: list[Any]) -> list[Any]:
        """The rows as they are stored."""
        rows = super().toFieldValue(value) if value else []
        return self.field.cleaned(rows)


@adapter(Interface, Interface, Interface, IRows, IDataGridFieldWidget)
class RowsValidator(SimpleFieldValidator):
    """Says in which row what is wrong; the validator of other grids looks at single cells only."""
