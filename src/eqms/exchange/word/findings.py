"""What the reader could not understand, a line each, with the place in the file.

The name of a check is stable; with ``params`` it stands for the message in translations.
"""

from dataclasses import dataclass
from dataclasses import field
from textwrap import shorten


#: Longest quotation from the file in a message.
_QUOTED = 160

#: Message of each check; the braces are filled from the parameters of the finding.
MESSAGES = {
    "control_block_missing": "The document has no control block; it does not say what it is.",
    "code_missing": "The control block gives no code (Mã hiệu).",
    "title_missing": "No title was found in the control block or on the cover.",
    "issuer_missing": "The control block does not name the issuing body.",
    "issue_number_missing": "The control block gives no issue number (Lần ban hành).",
    "issue_number_not_understood": "“{text}” was not understood as an issue number.",
    "amendment_not_understood": "“{text}” was not understood as an amendment number.",
    "date_missing": "The control block gives no date of issue (Ngày ban hành).",
    "date_not_understood": "“{text}” was not understood as a date.",
    "header_differs": "The page header says {what} “{found}”, the control block “{stated}”.",
    "footer_differs": "The page footer says {what} “{found}”, the control block “{stated}”.",
    "signers_missing": "No table of signers (Soạn thảo, Xem xét, Phê duyệt) was found.",
    "signer_not_understood": "Name or position of the signer “{heading}” was not found.",
    "section_missing": "The section “{section}” was not found.",
    "section_unknown": "The section “{text}” is not known; it was kept as plain text.",
    "sections_merged": "Sections share one heading: {sections}.",
    "item_missing": "The item “{item}” was not found in the content.",
    "content_not_structured": "The content has no known items; it was kept as plain text.",
    "text_not_assigned": "Text before the first known item was kept as plain text: “{text}”.",
    "definition_not_understood": "Neither term nor meaning could be told apart: “{text}”.",
    "steps_missing": "No table of work steps was found.",
    "step_number_missing": "The step has no number.",
    "step_number_duplicated": "The step number {number} is used more than once.",
    "step_responsible_missing": "The step does not say who is responsible.",
    "step_time_missing": "The step has no time{scenario}.",
    "column_guessed": "The head of column {column}, “{text}”, is not known; what it holds was told "
    "by its cells.",
    "time_columns_missing": "The table of steps has no column of times.",
    "time_not_understood": "“{text}” was not understood as a time{scenario}.",
    "time_for_group": "One time, “{text}”, is given for {count} steps together{scenario}.",
    "time_unit_from_note": "“{text}” has no unit; the note under the table says {unit}.",
    "limit_missing": "No time limit was found{scenario}.",
    "limit_not_understood": "The time limit was not understood{scenario}: “{text}”.",
    "sum_differs": "The steps add up to {total}, the limit is {limit}{scenario}.",
    "mixed_units": "The times of the steps cannot be compared with the limit {limit}{scenario}: "
    "the units differ ({units}).",
    "fee_contradicts": "Several amounts are given for the same: {text}.",
    "fee_not_structured": "It is not certain what an amount belongs to; it stays text: “{text}”.",
    "records_missing": "No table of records to keep was found.",
    "records_incomplete": "The table of records does not say where or how long they are kept.",
    "row_not_understood": "The row was not understood: “{text}”.",
    "unknown_table": "The table is of no known kind; it begins “{text}”.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a person should look at in the file."""

    check: str
    place: str
    params: dict[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The finding in English."""
        return MESSAGES[self.check].format(**self.params)

    def as_json(self) -> dict[str, str]:
        """The finding as an entry of ``warnings``."""
        return {"check": self.check, "message": self.message, "place": self.place}


class Findings(list[Finding]):
    """The findings of one reading, in the order they were made."""

    def add(self, check: str, place: str, **params: object) -> None:
        """Note a finding; *place* is where in the file, as a person would point at it."""
        self.append(Finding(check, place, {name: _short(value) for name, value in params.items()}))


def _short(value: object) -> object:
    if isinstance(value, str) and len(value) > _QUOTED:
        return shorten(value, _QUOTED, placeholder=" …")
    return value
