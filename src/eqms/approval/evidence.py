"""Whether the signatures on revisions are those that the trail tells of."""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from eqms.approval.record import record_of
from eqms.documents.content import IRevision
from eqms.documents.evidence import by_uid
from eqms.trail.interfaces import Comparison
from eqms.trail.interfaces import IContentCheck
from plone.uuid.interfaces import IUUID
from typing import Any
from zope.interface import implementer


@implementer(IContentCheck)
class SignatureCheck:
    """Compares the approval records of a document's revisions with its trail."""

    def subjects(self) -> Iterable[str]:
        """None of its own: what has signatures is a document."""
        return ()

    def compare(self, subject: str) -> Comparison:
        """Compare the signatures on one document, if the trail is that of one."""
        return SignatureComparison(subject)


class SignatureComparison(Comparison):
    """The hash of each signature, against the rows about signing.

    Findings: ``signature_unknown`` (no row has this signature: it was altered or added),
    ``signature_missing`` (a row tells of one that is not there). What was only declared in a
    document that was taken over has no row.
    """

    def __init__(self, subject: str) -> None:
        self.subject = subject
        self.told: dict[str, set[str]] = {}

    def see(self, row: Mapping[str, Any]) -> None:
        """Note the signature that the row tells of."""
        details = row.get("details")
        if row.get("action") == "signed" and isinstance(details, Mapping):
            self.told.setdefault(str(details.get("revision")), set()).add(
                str(details.get("signature"))
            )

    def findings(self) -> Iterator[tuple[str, str]]:
        """Compare what was noted with the records."""
        document = by_uid(self.subject)
        for revision in document.objectValues() if document is not None else ():
            if not IRevision.providedBy(revision):
                continue
            uid = IUUID(revision)
            given = {row.hash for row in record_of(revision).signatures if row.kind == "software"}
            told = self.told.get(uid, set())
            if given - told:
                yield "signature_unknown", uid
            if told - given:
                yield "signature_missing", uid
