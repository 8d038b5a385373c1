"""Working days of the site, kept in its registry: what differs from weekends and holidays."""

from eqms import _
from eqms.domain.working_days import parse_days
from eqms.domain.working_days import parse_hours
from typing import Final
from zope import schema
from zope.i18nmessageid import Message
from zope.interface import Interface
from zope.schema.interfaces import ValidationError


PREFIX: Final = "eqms.working_days"


class NoSuchDay(ValidationError):
    """The line names no day; says so by form and by REST."""

    def doc(self) -> Message:
        """The message."""
        return self.args[0]


def is_day(line: str) -> bool:
    """Constraint of a line: a day, and the reason.

    :raises NoSuchDay: for anything else
    """
    try:
        parse_days([line])
    except ValueError as error:
        raise NoSuchDay(
            _(
                "error_no_day_line",
                default="“${line}” does not begin with a day. Write 02/01/2026 and the reason.",
                mapping={"line": line},
            )
        ) from error
    return True


def are_hours(text: str) -> bool:
    """Constraint of office hours.

    :raises NoSuchDay: if they are none
    """
    try:
        parse_hours(text)
    except ValueError as error:
        raise NoSuchDay(
            _(
                "error_no_office_hours",
                default="“${text}” are no office hours. Write them as 07:30-11:30, 13:30-17:30.",
                mapping={"text": text},
            )
        ) from error
    return True


class IWorkingDays(Interface):
    """What the programme office enters each year, by the announcements of the government."""

    days_off = schema.List(
        title=_("setting_days_off", default="Further days off"),
        description=_(
            "help_setting_days_off",
            default="One a line with its reason, for example: 02/01/2026 hoán đổi ngày làm việc. "
            "Weekends and public holidays, Tết too, are known.",
        ),
        value_type=schema.TextLine(constraint=is_day),
        required=False,
        default=[],
        missing_value=[],
    )
    days_worked = schema.List(
        title=_("setting_days_worked", default="Days worked instead"),
        description=_(
            "help_setting_days_worked",
            default="Weekends and holidays that are worked, one a line: 10/01/2026 làm bù.",
        ),
        value_type=schema.TextLine(constraint=is_day),
        required=False,
        default=[],
        missing_value=[],
    )
    office_hours = schema.TextLine(
        title=_("setting_office_hours", default="Office hours"),
        description=_(
            "help_setting_office_hours",
            default="For time limits in hours, for example 07:30-11:30, 13:30-17:30.",
        ),
        constraint=are_hours,
        default="07:30-11:30, 13:30-17:30",
    )
