"""Putting right what was misread or mistyped when a document was taken over."""

from Acquisition import aq_parent
from collections.abc import Mapping
from eqms import _
from eqms.agencies.lookup import agency_of
from eqms.documents import coding
from eqms.documents import ledger
from eqms.documents.elevation import elevated
from eqms.documents.errors import bad_request
from eqms.documents.errors import conflict
from eqms.documents.migration import check_unconfirmed
from eqms.documents.migration import reasoned
from eqms.documents.migration import require_window
from eqms.documents.noting import note
from eqms.documents.snapshot import content
from eqms.documents.snapshot import content_fields
from eqms.documents.snapshot import hash_of
from eqms.documents.switch import NO_CODE
from eqms.documents.switch import show
from plone.restapi.interfaces import IDeserializeFromJson
from typing import Any
from zope.component import getMultiAdapter
from zope.globalrequest import getRequest


def correct(revision: Any, changes: Mapping[str, Any], reason: str) -> None:
    """Change content, or the code, of a migrated revision that nobody has confirmed yet.

    :param changes: fields of the revision, or ``code``, with values as REST takes them
    :raises Forbidden: without an open window
    :raises Conflict: if the revision is confirmed, or never was migrated
    :raises BadRequest: without a reason, for unknown fields and for values they do not take
    """
    require_window(agency_of(revision))
    check_unconfirmed(revision)
    reason = reasoned(reason)
    document = aq_parent(revision)
    fields = {name for name, _field in content_fields(revision)}
    if not changes or not changes.keys() <= fields | {"code"}:
        raise bad_request(
            _(
                "error_changes",
                default="changes must name fields of the revision, or code, with their values.",
            )
        )
    before = _facts(revision)
    coding.thaw(document)
    with elevated():
        _write(document, {name: changes[name] for name in changes.keys() - fields})
        _write(revision, {name: changes[name] for name in changes.keys() & fields})
    if not document.code:
        raise conflict(NO_CODE)
    scope = (revision.field, revision.level)
    if scope != (before["field"], before["level"]):
        coding.assign(document, document.code, scope)
    revision.content_hash = hash_of(revision)
    after = _facts(revision)
    note(
        revision,
        "migration_corrected",
        reason=reason,
        content_hash=revision.content_hash,
        changes={
            name: [before[name], after[name]] for name in before if before[name] != after[name]
        },
    )
    show(document, revision)
    revision.reindexObject()
    ledger.enter(document, revision)


def _facts(revision: Any) -> dict[str, Any]:
    return {"code": aq_parent(revision).code, **content(revision)["fields"]}


def _write(item: Any, values: Mapping[str, Any]) -> None:
    if values:
        getMultiAdapter((item, getRequest()), IDeserializeFromJson)(data=dict(values))
