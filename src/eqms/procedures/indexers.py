"""What the catalog keeps of the checks, so that no list and no report wakes a procedure."""

from collections.abc import Iterable
from datetime import date
from eqms.documents.indexers import revision_in_force
from eqms.procedures.checked import lasting_findings
from eqms.procedures.content import IProcedure
from eqms.procedures.content import IProcedureContent
from plone.indexer import indexer
from typing import Any
from typing import Final


FINDINGS: Final = "eqms_findings"
"""Index and column: names of checks that find something, with the day from which they do."""

_SINCE: Final = "@"


@indexer(IProcedureContent)
def findings(revision: Any) -> tuple[str, ...]:
    """Names of the checks that find something in the revision, each once."""
    return tuple(
        sorted(
            {
                finding.name if finding.since is None else f"{finding.name}{_SINCE}{finding.since}"
                for finding in lasting_findings(revision)
            }
        )
    )


@indexer(IProcedure)
def findings_in_force(document: Any) -> tuple[str, ...]:
    """The same of the revision that readers get."""
    revision = revision_in_force(document)
    return findings(revision)() if revision is not None else ()


def names_on(keywords: Iterable[str] | None, day: date) -> frozenset[str]:
    """The checks among some keywords of the index that find something on a day.

    Nothing has to be indexed anew when a day comes: the keyword ``fee_past@2026-01-01`` counts
    from that day on.
    """
    return frozenset(
        name
        for name, _sign, since in (keyword.partition(_SINCE) for keyword in keywords or ())
        if not since or since <= day.isoformat()
    )


def keywords_for(name: str, known: Iterable[str], day: date) -> list[str]:
    """The keywords of the index that mean a check on a day.

    :param known: all keywords of the index
    """
    return [keyword for keyword in known if name in names_on([keyword], day)]
