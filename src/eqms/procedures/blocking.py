"""Checks that a site has made a condition of submitting."""

from eqms.documents.interfaces import ISubmitCheck
from eqms.procedures.checked import findings_today
from eqms.procedures.content import IProcedureContent
from eqms.procedures.settings import BLOCKING_RECORD
from eqms.procedures.telling import Telling
from plone import api
from typing import Any
from zope.component import adapter
from zope.globalrequest import getRequest
from zope.interface import implementer


@implementer(ISubmitCheck)
@adapter(IProcedureContent)
class FindingsCheck:
    """A procedure is submitted without findings of the checks that block in this site."""

    def __init__(self, revision: Any) -> None:
        self.revision = revision

    def problems(self) -> list[str]:
        """A sentence for each finding that blocks, with its place."""
        names = blocking()
        if not names:
            return []
        telling = Telling(getRequest())
        return [
            telling.whole(finding)
            for finding in findings_today(self.revision)
            if finding.name in names
        ]


def blocking() -> frozenset[str]:
    """Names of the checks that block in this site."""
    return frozenset(api.portal.get_registry_record(BLOCKING_RECORD, default=None) or ())
