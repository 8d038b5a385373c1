"""Tables and lines by REST."""

from eqms.procedures.fields import ILines
from eqms.procedures.rows import IRows
from plone.dexterity.interfaces import IDexterityContent
from plone.restapi.deserializer.dxfields import DefaultFieldDeserializer
from plone.restapi.interfaces import IFieldDeserializer
from typing import Any
from zope.component import adapter
from zope.interface import implementer
from zope.publisher.interfaces.browser import IBrowserRequest


@implementer(IFieldDeserializer)
@adapter(IRows, IDexterityContent, IBrowserRequest)
class RowsDeserializer(DefaultFieldDeserializer):
    """A list of objects."""

    def __call__(self, value: Any) -> list[dict[str, Any]]:
        """The rows as they are stored.

        :raises ValidationError: naming row and column
        """
        rows = self.field.cleaned(value) if isinstance(value, list) else value
        self.field.validate(rows)
        return rows


@implementer(IFieldDeserializer)
@adapter(ILines, IDexterityContent, IBrowserRequest)
class LinesDeserializer(DefaultFieldDeserializer):
    """A list of texts, nothing else made into one."""

    def __call__(self, value: Any) -> list[str]:
        """The lines.

        :raises ValidationError: if it is no list of single lines
        """
        self.field.validate(value)
        return value
