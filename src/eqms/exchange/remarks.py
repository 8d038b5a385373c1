"""What an import has to say about a file, in the words of whoever reads it."""

from dataclasses import dataclass
from dataclasses import field
from eqms import _
from eqms import PACKAGE_NAME
from eqms.exchange.phrases import parameters_told
from eqms.exchange.phrases import place_told
from eqms.exchange.word import Finding
from eqms.exchange.word import UnreadableFile
from typing import Any
from zope.i18n import interpolate
from zope.i18nmessageid import Message


OWN = {
    "code_collides": _(
        "finding_code_collides",
        default="The code ${code} is held by another document of the agency too; it was kept.",
    ),
    "code_not_usable": _(
        "finding_code_not_usable", default="“${text}” cannot be a code; the document has none."
    ),
    "issuer_differs": _(
        "finding_issuer_differs",
        default="The file names “${found}” as issuer; it was imported into “${agency}”.",
    ),
    "secrecy_mark": _(
        "finding_secrecy_mark",
        default="The file bears ${marks}. State secrets do not belong in this system, so no more "
        "than a draft is made of such a file. Find out whether the mark is only quoted.",
    ),
    "title_from_name": _(
        "finding_title_from_name", default="The name of the file was taken as title."
    ),
    "not_submitted": _(
        "finding_not_submitted",
        default="It was not put into review and stays a draft: ${reason}",
    ),
    "issue_date_needed": _(
        "finding_issue_date_needed",
        default="The file states no date of issue, so it is not known since when it is in force. "
        "Add the date to the file, or import it as a draft.",
    ),
}
"""What the import finds beside the reading of the file."""


@dataclass(frozen=True)
class Remark:
    """One thing a person should look at: what, where in the file, and the English sentence."""

    check: str
    message: str
    place: str = ""
    params: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, finding: Finding) -> "Remark":
        """What the reader of the file found."""
        return cls(finding.check, finding.message, finding.place, dict(finding.params))

    @classmethod
    def unreadable(cls, error: UnreadableFile) -> "Remark":
        """Why a file could not be read at all."""
        params = {name: str(value) for name, value in error.params.items()}
        return cls(error.code, error.message, "", params)

    @classmethod
    def own(cls, check: str, place: str = "document", **params: Any) -> "Remark":
        """What the import found itself."""
        return cls(check, interpolate(OWN[check].default, params), place, params)

    def for_screen(self) -> Message:
        """The sentence to be translated; in English where there is no translation."""
        return Message(
            f"finding_{self.check}",
            domain=PACKAGE_NAME,
            default=self.message,
            mapping=parameters_told(self.params),
        )

    def place_for_screen(self) -> Message | str:
        """Where in the file, to be translated; empty for what concerns all of it."""
        return place_told(self.place)

    def as_json(self) -> dict[str, str]:
        """As in ``warnings`` of ``eqms import-word --json``."""
        return {"check": self.check, "message": self.message, "place": self.place}
