"""The master list narrowed to documents in which a check finds something."""

from collections.abc import Mapping
from eqms import _
from eqms.documents.dates import site_zone
from eqms.documents.errors import bad_request
from eqms.documents.errors import forbidden
from eqms.documents.errors import told
from eqms.documents.interfaces import IListCriterion
from eqms.domain import clock
from eqms.domain.procedure_checks import SEVERITIES
from eqms.procedures.finding_words import TITLES
from eqms.procedures.indexers import FINDINGS
from eqms.procedures.indexers import keywords_for
from eqms.references.lookup import CITES
from eqms.references.lookup import expired_keys
from eqms.references.lookup import outdated_among
from plone import api
from typing import Any
from typing import Final
from zope.interface import implementer


_TEXTS: Final = frozenset({"text_expired", "text_replaced"})
_NOT_LISTED: Final = frozenset(
    {"announced_differs", "code_elsewhere", "code_in_scope", "issue_date_differs"}
)
"""What shows only beside others, or in the register of references."""


@implementer(IListCriterion)
class CheckCriterion:
    """``check=fee_past``, for people of the house."""

    title = _("label_check", default="Check")

    def choices(self) -> Mapping[str, str]:
        """The checks that can be asked for; none for visitors."""
        if api.user.is_anonymous():
            return {}
        return {name: told(TITLES[name]) for name in SEVERITIES if name not in _NOT_LISTED}

    def criteria(self, value: str) -> Mapping[str, Any]:
        """What the catalog is asked.

        :raises Forbidden: for visitors
        :raises BadRequest: if there is no such check, or the list cannot be narrowed by it
        """
        if api.user.is_anonymous():
            raise forbidden(_("error_staff_only", default="Log in to see what the checks find."))
        if value not in SEVERITIES or value in _NOT_LISTED:
            raise bad_request(
                _("error_no_check", default="There is no check “${name}”.", mapping={"name": value})
            )
        if value in _TEXTS:
            return {CITES: _keys(value) or [""]}
        known = api.portal.get_tool("portal_catalog")._catalog.indexes[FINDINGS].uniqueValues()
        return {FINDINGS: keywords_for(value, known, clock.today(site_zone())) or [""]}


def _keys(check: str) -> list[str]:
    """The keys of the texts that are expired, or of those that were replaced."""
    replaced = check == "text_replaced"
    return [
        key
        for key in sorted(expired_keys())
        if any(bool(entry.replaced_by) is replaced for entry in outdated_among([key]))
    ]


by_check = CheckCriterion()
