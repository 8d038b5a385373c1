"""Who has no part in signing a revision, as things stand now."""

from eqms.domain.route import Duties
from typing import Any


def duties_of(revision: Any) -> Duties:
    """The author set: everybody who saved content of the revision, by whatever channel.

    Giving the document its code or a decision its number is not writing.
    """
    return Duties(authors=frozenset(revision.saved_by))
