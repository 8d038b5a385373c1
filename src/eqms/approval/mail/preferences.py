"""How each person wants to be told: at once, once a day, or not by mail."""

from BTrees.OOBTree import OOBTree
from collections.abc import Mapping
from enum import StrEnum
from eqms import _
from eqms.approval.mail.kinds import GROUPS
from eqms.documents.errors import bad_request
from plone import api
from types import MappingProxyType
from zope.annotation.interfaces import IAnnotations


ANNOTATION = "eqms.approval.mail_preferences"
DEFAULT_RECORD = "eqms.approval.mail_default"


class Pace(StrEnum):
    """When a note is sent."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    NEVER = "never"


PACES = MappingProxyType(
    {
        Pace.AT_ONCE: _("pace_at_once", default="At once"),
        Pace.DAILY: _("pace_daily", default="Once a day, in one mail"),
        Pace.NEVER: _("pace_never", default="No mail"),
    }
)


def preferences(person: str) -> dict[str, Pace]:
    """The pace of every group of notes for a person; what was never chosen is the site's."""
    chosen = IAnnotations(api.portal.get()).get(ANNOTATION, {}).get(person, {})
    default = Pace(api.portal.get_registry_record(DEFAULT_RECORD, default=Pace.AT_ONCE.value))
    return {group: Pace(chosen.get(group, default)) for group in GROUPS}


def prefer(person: str, wishes: Mapping[str, str]) -> None:
    """Keep what a person chose; groups that are not named stay as they are.

    :raises BadRequest: for a group or a pace that does not exist
    """
    paces = list(Pace)
    if not wishes.keys() <= GROUPS.keys() or any(wish not in paces for wish in wishes.values()):
        raise bad_request(
            _(
                "error_mail_preferences",
                default="Choose for ${groups} one of: ${paces}.",
                mapping={"groups": ", ".join(GROUPS), "paces": ", ".join(Pace)},
            )
        )
    annotations = IAnnotations(api.portal.get())
    if ANNOTATION not in annotations:
        annotations[ANNOTATION] = OOBTree()
    kept = annotations[ANNOTATION].get(person, {})
    annotations[ANNOTATION][person] = {**kept, **wishes}
