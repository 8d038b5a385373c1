"""What a finding of the checks says, as messages to be translated.

Where the reader of Word files finds the same, the message is the same.
"""

from collections.abc import Callable
from collections.abc import Mapping
from datetime import date
from eqms import _
from eqms.domain.durations import Duration
from eqms.domain.durations import format_duration
from eqms.domain.procedure_checks import Finding
from eqms.domain.procedure_checks import Severity
from eqms.procedures.vocabularies import UNIT_TITLES
from types import MappingProxyType
from typing import Any
from typing import Final
from zope.i18n import interpolate
from zope.i18nmessageid import Message


Told = Callable[[Message | str], str]

MESSAGES: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "abbreviation_repeated": _(
            "finding_abbreviation_repeated",
            default="“${term}” was defined in row ${first} before.",
        ),
        "abbreviation_unused": _(
            "finding_abbreviation_unused", default="Defined and never used: ${terms}."
        ),
        "amendment_missing": _(
            "finding_amendment_missing",
            default="This is number ${number}, but no line of the amendment sheet says what was "
            "changed and on what ground.",
        ),
        "announced_differs": _(
            "finding_announced_differs",
            default="“${here}” differs from the administrative procedure as announced: “${there}”.",
        ),
        "annex_inconsistent": _(
            "finding_annex_inconsistent",
            default="“${what}” is looked for in annex ${number}; elsewhere the two do not belong "
            "together.",
        ),
        "annex_missing": _(
            "finding_annex_missing",
            default="The procedure points to annexes that it does not have: ${numbers}.",
        ),
        "code_elsewhere": _(
            "finding_code_elsewhere",
            default="The code ${code} stands on other documents too, of another agency, field or "
            "level: ${count}.",
        ),
        "code_in_scope": _(
            "finding_code_in_scope",
            default="The code ${code} stands on other documents of the same agency, field and "
            "level: ${count}.",
        ),
        "fee_past": _("finding_fee_past", default="The fee was valid until ${day}."),
        "form_missing": _(
            "finding_form_missing",
            default="“${form}” is to be written on a form, but no such form is named or attached.",
        ),
        "issue_date_differs": _(
            "finding_issue_date_differs",
            default="Issued on ${day}, while ${count} documents issued with it bear ${usual}.",
        ),
        "limit_missing": _("finding_limit_missing", default="No time limit was found${scenario}."),
        "mixed_units": _(
            "finding_mixed_units",
            default="The times of the steps cannot be compared with the limit ${limit}${scenario}: "
            "the units differ (${units}).",
        ),
        "record_of_other": _(
            "finding_record_of_other",
            default="“${record}” seems to be copied from another procedure: nothing else here is "
            "about it.",
        ),
        "records_incomplete": _(
            "finding_records_incomplete",
            default="The table of records does not say where or how long they are kept.",
        ),
        "section_empty": _("finding_section_empty", default="The section is empty."),
        "stale_citation": _(
            "finding_stale_citation",
            default="“${text}” ended long ago; the citation is left from an old text.",
        ),
        "step_repeated": _(
            "finding_step_repeated", default="The step says the same as step row ${first}."
        ),
        "step_responsible_missing": _(
            "finding_step_responsible_missing",
            default="The step does not say who is responsible.",
        ),
        "step_time_missing": _(
            "finding_step_time_missing", default="The step has no time${scenario}."
        ),
        "steps_missing": _("finding_steps_missing", default="No table of work steps was found."),
        "sum_below": _(
            "finding_sum_below",
            default="The steps take ${total} in all, less than the limit ${limit}${scenario}.",
        ),
        "sum_differs": _(
            "finding_sum_differs",
            default="The steps add up to ${total}, the limit is ${limit}${scenario}.",
        ),
        "text_expired": _("finding_text_expired", default="${text} is no longer in force."),
        "text_replaced": _(
            "finding_text_replaced", default="${text} was replaced by ${successors}."
        ),
        "time_for_group": _(
            "finding_time_for_group",
            default="One time, “${text}”, is given for ${count} steps together${scenario}.",
        ),
        "time_not_understood": _(
            "finding_time_not_understood",
            default="“${text}” was not understood as a time${scenario}.",
        ),
    }
)
"""What each check says where it finds something."""

TITLES: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "abbreviation_repeated": _(
            "check_abbreviation_repeated", default="Abbreviation defined twice"
        ),
        "abbreviation_unused": _("check_abbreviation_unused", default="Abbreviation never used"),
        "amendment_missing": _("check_amendment_missing", default="Amendment sheet without a line"),
        "announced_differs": _(
            "check_announced_differs", default="Differs from the announced administrative procedure"
        ),
        "annex_inconsistent": _("check_annex_inconsistent", default="Annexes cited inconsistently"),
        "annex_missing": _("check_annex_missing", default="Annex cited but missing"),
        "code_elsewhere": _("check_code_elsewhere", default="Code used elsewhere in the site"),
        "code_in_scope": _("check_code_in_scope", default="Code used twice in its scope"),
        "fee_past": _("check_fee_past", default="Fee past its date"),
        "form_missing": _("check_form_missing", default="Form named but missing"),
        "issue_date_differs": _(
            "check_issue_date_differs", default="Date of issue unlike the rest of the set"
        ),
        "limit_missing": _("check_limit_missing", default="Case without a time limit"),
        "mixed_units": _("check_mixed_units", default="Units of time that cannot be compared"),
        "record_of_other": _("check_record_of_other", default="Record of another procedure"),
        "records_incomplete": _(
            "check_records_incomplete", default="Record without keeper or retention"
        ),
        "section_empty": _("check_section_empty", default="Empty section"),
        "stale_citation": _("check_stale_citation", default="Stale citation"),
        "step_repeated": _("check_step_repeated", default="Step repeated"),
        "step_responsible_missing": _(
            "check_step_responsible_missing", default="Step without anybody responsible"
        ),
        "step_time_missing": _("check_step_time_missing", default="Step without a time"),
        "steps_missing": _("check_steps_missing", default="No steps"),
        "sum_below": _("check_sum_below", default="Steps take less than the limit"),
        "sum_differs": _("check_sum_differs", default="Steps take more than the limit"),
        "text_expired": _("check_text_expired", default="Legal text no longer in force"),
        "text_replaced": _("check_text_replaced", default="Legal text replaced"),
        "time_for_group": _("check_time_for_group", default="One time for several steps"),
        "time_not_understood": _("check_time_not_understood", default="Time not understood"),
    }
)
"""What each check is called in lists and settings."""

SEVERITY_TITLES: Final[Mapping[Severity, Message]] = MappingProxyType(
    {
        Severity.NOTE: _("severity_note", default="Note"),
        Severity.WARNING: _("severity_warning", default="Warning"),
        Severity.ERROR: _("severity_error", default="Error"),
    }
)


def message_of(finding: Finding, language: str, told: Told) -> Message:
    """The finding as a message.

    :param language: in whose form durations are written, "vi" or "en"
    :param told: puts the words of lists into words, each by itself
    """
    blanks = {
        name: _in_words(name, value, language, told)
        for name, value in finding.values.items()
        if value
    }
    return Message(MESSAGES[finding.name], mapping={"scenario": blanks.pop("case", ""), **blanks})


def english(message: Message | str) -> str:
    """A message in English, where there is no site to translate it."""
    if not isinstance(message, Message):
        return message
    blanks = {name: english(value) for name, value in (message.mapping or {}).items()}
    return str(interpolate(message.default, blanks))


def _in_words(name: str, value: Any, language: str, told: Told) -> Message | str:
    if name == "case":
        return _("phrase_case", default=" in the case “${case}”", mapping={name: value})
    if isinstance(value, Duration):
        return format_duration(value.value, value.unit, language)
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, tuple):
        parts = (UNIT_TITLES.get(part, part) for part in value) if name == "units" else value
        return ", ".join(told(part) for part in parts)
    return str(value)
