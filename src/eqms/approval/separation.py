"""Who has no part in signing a revision, as things stand now."""

from eqms.agencies.lookup import agency_of
from eqms.approval import substitution
from eqms.approval import waivers
from eqms.domain.route import Duties
from typing import Any


def duties_of(revision: Any, also: str | None = None) -> Duties:
    """The author set of the revision, who stands in for whom of it, and what is waived.

    Authors are those who saved content, by whatever channel; giving the document its code or a
    decision its number is not writing.

    :param also: a person who counts as an author though nothing was saved
    """
    authors = frozenset(revision.saved_by) | ({also} if also else frozenset())
    return Duties(
        authors=authors,
        linked=substitution.linked(authors),
        waived=frozenset(waivers.in_force(agency_of(revision))),
    )
