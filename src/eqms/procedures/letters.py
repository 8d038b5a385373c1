"""The letters of section 5: made from what a procedure has, never stored.

Officials cite them ("hồ sơ theo mục 5.a"), and they shift when an item is left out.
"""

from collections.abc import Mapping
from typing import Any
from typing import Final


_LETTERS: Final = "abcdđeghiklmnopq"

_ITEMS: Final = (
    ("dossier", ("dossier", "dossier_sets")),
    ("time_limit", ("time_limit_text", "scenarios")),
    ("applicants", ("applicants",)),
    ("performing", ("performing_body", "competent_body")),
    ("coordinating", ("coordinating_body",)),
    ("outcomes", ("outcomes",)),
    ("fees", ("fees", "fees_text", "fee_exemptions")),
    ("application_forms", ("application_forms",)),
    ("requirements", ("requirements",)),
    ("legal_bases", ("legal_bases",)),
    ("steps", ("steps",)),
)
"""Items of section 5 in the customary order, with the fields they are told by."""


def letters(content: Any) -> Mapping[str, str]:
    """Item of section 5 -> its number, for example ``steps`` -> ``5.k``; only what is there."""
    there = (item for item, names in _ITEMS if any(getattr(content, name, None) for name in names))
    return {item: f"5.{letter}" for item, letter in zip(there, _LETTERS, strict=False)}
