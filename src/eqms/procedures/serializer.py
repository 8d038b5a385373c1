"""Steps by REST: with what is derived from them."""

from decimal import Decimal
from eqms.domain.durations import Duration
from eqms.procedures.fields import ILines
from eqms.procedures.rows import IRows
from eqms.procedures.rows import IStepRows
from eqms.procedures.steps import durations
from eqms.procedures.steps import numbered
from plone.dexterity.interfaces import IDexterityContent
from plone.restapi.interfaces import IFieldSerializer
from plone.restapi.serializer.dxfields import DefaultFieldSerializer
from typing import Any
from zope.component import adapter
from zope.interface import implementer
from zope.interface import Interface


@implementer(IFieldSerializer)
@adapter(IRows, IDexterityContent, Interface)
class RowsSerializer(DefaultFieldSerializer):
    """A table as it is stored: its values are plain, none has to be converted."""

    def __call__(self) -> list[dict[str, Any]]:
        """The rows."""
        return [dict(row) for row in self.get_value() or []]


@implementer(IFieldSerializer)
@adapter(ILines, IDexterityContent, Interface)
class LinesSerializer(DefaultFieldSerializer):
    """Lines as they are stored."""

    def __call__(self) -> list[str]:
        """The lines."""
        return list(self.get_value() or [])


@implementer(IFieldSerializer)
@adapter(IStepRows, IDexterityContent, Interface)
class StepsSerializer(DefaultFieldSerializer):
    """Each step with its ``number`` and its ``durations``, in the order of the scenarios."""

    def __call__(self) -> list[dict[str, Any]]:
        """Rows as they are stored, and the derived members."""
        scenarios = self.context.scenarios or []
        return [
            dict(step)
            | {
                "number": number,
                "durations": [_duration_json(item) for item in durations(step, scenarios)],
            }
            for number, step in numbered(self.get_value() or [])
        ]


def _duration_json(duration: Duration | None) -> dict[str, Any] | None:
    if duration is None:
        return None
    return {
        "value": _number(duration.value),
        "unit": duration.unit,
        "text": duration.text,
    }


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
