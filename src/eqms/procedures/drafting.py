"""Which revisions a procedure has."""

from eqms.documents.interfaces import IRevisionType
from eqms.procedures.content import IProcedure
from typing import Any
from zope.component import adapter
from zope.interface import implementer


@implementer(IRevisionType)
@adapter(IProcedure)
class ProcedureRevisionType:
    """Revisions of procedures have structured content."""

    portal_type = "ProcedureRevision"

    def __init__(self, document: Any) -> None:
        self.document = document
