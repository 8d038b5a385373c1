"""What the catalog keeps of references."""

from eqms.domain.vietnamese import code_tokens
from eqms.domain.words import as_index
from eqms.references.interfaces import ICited
from plone.indexer import indexer
from typing import Any


@indexer(ICited)
def searchable_text(reference: Any) -> str:
    """How it is cited, its number as it may be typed, and who issued it."""
    number = reference.entry().number
    words = [reference.label, *sorted(code_tokens(number)), getattr(reference, "issuer", "") or ""]
    return as_index(" ".join(words))
