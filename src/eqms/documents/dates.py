"""Instants and days as people of the site read them."""

from datetime import datetime
from plone import api
from zoneinfo import ZoneInfo


def site_zone() -> ZoneInfo:
    """The time zone in which the days of the site begin and end."""
    return ZoneInfo(api.portal.get_registry_record("plone.portal_timezone"))


def day_of(instant: datetime | None) -> str:
    """The day of an aware instant in the site's zone, as ``22/11/2026``; empty for None."""
    return instant.astimezone(site_zone()).strftime("%d/%m/%Y") if instant else ""


def moment_of(instant: datetime | None) -> str:
    """Day and time of an aware instant in the site's zone, as ``22/11/2026 15:27``."""
    return instant.astimezone(site_zone()).strftime("%d/%m/%Y %H:%M") if instant else ""
