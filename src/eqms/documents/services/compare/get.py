"""``GET /{revision}/@compare?with={seq}``."""

from eqms.documents.comparison import compare
from eqms.documents.comparison import FieldRedline
from eqms.documents.counterpart import counterpart
from eqms.documents.counterpart import in_order
from eqms.documents.serializer import revision_facts
from eqms.domain.redline import Block
from eqms.domain.redline import RowRedline
from plone.restapi.services import Service
from typing import Any


class CompareGet(Service):
    """What changed between two revisions, as data; ``all=1`` adds what did not."""

    def reply(self) -> dict[str, Any]:
        """The two revisions, the older first, and the fields in their order.

        ``old`` is null where there is nothing to compare with.

        :raises NotFound: if the other revision is not there for the caller
        """
        address = f"{self.context.absolute_url()}/@compare"
        other = counterpart(self.context, self.request.form.get("with"))
        if other is None:
            return {"@id": address, "old": None, "new": revision_facts(self.context), "fields": []}
        found = compare(*in_order(self.context, other))
        fields = found.fields if self.request.form.get("all") else found.changes
        return {
            "@id": f"{address}?with={other.seq}",
            "old": revision_facts(found.old),
            "new": revision_facts(found.new),
            "fields": [_field(field) for field in fields],
        }


def _field(field: FieldRedline) -> dict[str, Any]:
    return {
        "name": field.name,
        "title": field.title,
        "changed": field.changed,
        "remark": field.remark,
        "lines": [_line(block) for block in field.blocks],
        "columns": list(field.heads),
        "rows": [_row(row) for row in field.rows],
    }


def _row(row: RowRedline) -> dict[str, Any]:
    return {
        "kind": row.kind.value,
        "moved": row.moved,
        "old": row.old,
        "new": row.new,
        "cells": [[_line(block) for block in cell] for cell in row.cells],
    }


def _line(block: Block) -> list[dict[str, str]]:
    return [{"mark": segment.mark.value, "text": segment.text} for segment in block]
