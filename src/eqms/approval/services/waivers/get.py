"""``GET /{agency}/@waivers``."""

from dataclasses import asdict
from eqms.approval import waivers
from eqms.domain.waiver import Waiver
from plone.restapi.serializer.converters import json_compatible
from plone.restapi.services import Service
from typing import Any


class WaiversGet(Service):
    """Decisions that relax separation of duties, oldest first, the ended ones too."""

    def reply(self) -> dict[str, Any]:
        """For those who may see the trail of the agency."""
        items = [waiver_json(waiver) for waiver in waivers.waivers(self.context)]
        return {
            "@id": f"{self.context.absolute_url()}/@waivers",
            "items": items,
            "items_total": len(items),
        }


def waiver_json(waiver: Waiver) -> dict[str, Any]:
    """A waiver as JSON."""
    facts = {**asdict(waiver), "rule": waiver.rule.value}
    return {name: json_compatible(value) for name, value in facts.items()}
