"""What follows when documents and revisions are added, saved, removed or change state."""

from AccessControl import getSecurityManager
from Acquisition import aq_base
from Acquisition import aq_parent
from eqms import _
from eqms.agencies.content import Agency
from eqms.documents import coding
from eqms.documents import ledger
from eqms.documents.content import number_of
from eqms.documents.content import register_of
from eqms.documents.drafting import open_first_draft
from eqms.documents.elevation import is_elevated
from eqms.documents.errors import bad_request
from eqms.documents.errors import conflict
from eqms.documents.errors import forbidden
from eqms.documents.guards import is_writable
from eqms.documents.guards import refuse_if_altered
from eqms.documents.guards import revision_of
from eqms.documents.interfaces import ISubmitCheck
from eqms.documents.noting import note
from eqms.documents.register import RevisionRegister
from eqms.documents.snapshot import content_fields
from eqms.documents.snapshot import hash_of
from eqms.documents.snapshot import settle
from eqms.documents.switch import forget_plan
from eqms.domain.clock import now
from eqms.domain.revisions import State
from eqms.domain.revisions import TRANSITIONS
from eqms.domain.revisions import WRITABLE
from eqms.domain.vietnamese import nfc
from eqms.trail import storage as trail
from plone import api
from plone.restapi.interfaces import IDeserializeFromJson
from Products.CMFCore.interfaces import ISiteRoot
from Products.DCWorkflow.interfaces import IAfterTransitionEvent
from Products.DCWorkflow.interfaces import IBeforeTransitionEvent
from typing import Any
from zope.component import getMultiAdapter
from zope.component import subscribers
from zope.globalrequest import getRequest
from zope.lifecycleevent.interfaces import IObjectAddedEvent
from zope.lifecycleevent.interfaces import IObjectModifiedEvent
from zope.lifecycleevent.interfaces import IObjectRemovedEvent


HOLD = "legal_hold"

IDENTITY = (
    "code",
    "belongs_to",
    "review_interval",
    "review_due",
    "owner_unit",
    "retention_class",
    HOLD,
)

FIRST_DRAFT = ("title", "field", "level", "source")
"""Asked for with a new document, content of its first revision."""

NEED_COMMENT = frozenset({"reject", "recall", "withdraw"})

_MOMENTS = {"submit": "submitted_at", "approve": "approved_at"}


def agency_added(agency: Agency, event: IObjectAddedEvent) -> None:
    """Give a new agency the register of its documents' codes; a copied one starts empty."""
    agency._codes = coding.CodeRegister()


def document_added(document: Any, event: IObjectAddedEvent) -> None:
    """Give a new document its code and its first draft, whichever channel it came by."""
    document._revisions = RevisionRegister()
    asked = {name: aq_base(document).__dict__.pop(name, None) for name in FIRST_DRAFT}
    document.title = asked["title"] = nfc(asked["title"] or "").strip()
    if not document.title:
        raise bad_request(_("error_no_title", default="The document needs a title."))
    draft_data = getattr(aq_base(document), "_v_first_draft", None) or {}
    scope = tuple(draft_data.get(name) or asked[name] for name in ("field", "level"))
    collide = getattr(aq_base(document), "_v_code_may_collide", False)
    coding.assign(document, document.code, scope, collide=collide)
    document._identity = _identity(document)
    trail.append(
        api.content.get_uuid(document),
        "document_added",
        path="/".join(document.getPhysicalPath()),
        portal_type=document.portal_type,
        **document._identity,
    )
    draft = open_first_draft(document, asked)
    if draft_data:
        deserializer = getMultiAdapter((draft, getRequest()), IDeserializeFromJson)
        deserializer(data=draft_data, validate_all=True)


def document_modified(document: Any, event: IObjectModifiedEvent) -> None:
    """Enter a changed code, and write what changed of the identity to the trail."""
    _refuse_content(document)
    before, after = document._identity, _identity(document)
    if before == after:
        return
    if before["code"] != after["code"]:
        coding.assign(document, document.code, _scope(document))
        after = _identity(document)
    document._identity = after
    changes = {
        name: [before[name], after[name]] for name in IDENTITY if before[name] != after[name]
    }
    uid, path = api.content.get_uuid(document), "/".join(document.getPhysicalPath())
    if changes.pop(HOLD, None):
        trail.append(uid, "hold_set" if after[HOLD] else "hold_lifted", path=path)
    if changes:
        trail.append(uid, "identity_changed", path=path, changes=changes)


def document_removed(document: Any, event: IObjectRemovedEvent) -> None:
    """Free the code of a document that never got further than a draft."""
    if ISiteRoot.providedBy(event.object):
        return
    coding.release(document)
    ledger.forget(api.content.get_uuid(document))
    trail.append(
        api.content.get_uuid(document),
        "document_removed",
        path="/".join(document.getPhysicalPath()),
        title=document.title,
        code=document.code or "",
    )


def revision_modified(revision: Any, event: IObjectModifiedEvent) -> None:
    """A save of a draft: note who wrote, keep one Unicode form, show the title of a first draft."""
    refuse_if_altered(revision)
    if not is_writable(revision):
        return
    _normalise(revision)
    remember_author(revision)
    document = aq_parent(revision)
    if register_of(document).live is None:
        _follow_draft(document, revision)
    revision.reindexObject()


def part_saved(part: Any, event: Any) -> None:
    """Whoever adds, changes or removes an image or attachment wrote content of the revision."""
    revision = revision_of(aq_parent(part) or getattr(event, "oldParent", None))
    if revision is None or revision is part:
        return
    if IObjectModifiedEvent.providedBy(event) and not is_writable(revision):
        return
    remember_author(revision)


def revision_added(revision: Any, event: IObjectAddedEvent) -> None:
    """Whoever opens a draft counts as having written in it."""
    _normalise(revision)
    remember_author(revision)


def revision_removed(revision: Any, event: IObjectRemovedEvent) -> None:
    """Forget a draft that was removed by itself before anybody was asked about it."""
    if event.object is revision:
        document = event.oldParent
        register_of(document).remove(api.content.get_uuid(revision))
        trail.append(
            api.content.get_uuid(document),
            "draft_removed",
            path="/".join((*document.getPhysicalPath(), event.oldName)),
            revision=api.content.get_uuid(revision),
            title=revision.title,
        )
        document.reindexObject()


def before_transition(revision: Any, event: IBeforeTransitionEvent) -> None:
    """Refuse a transition whose conditions do not hold, whichever channel asks for it."""
    if event.transition is None:
        return
    if TRANSITIONS[event.transition.id].internal:
        _refuse_by_hand()
    if event.transition.id in NEED_COMMENT and not (event.kwargs.get("comment") or "").strip():
        raise bad_request(_("error_comment_needed", default="Say why: this step needs a comment."))
    if State(event.old_state.id) not in WRITABLE:
        if revision.content_hash != hash_of(revision):
            raise conflict(
                _(
                    "error_content_changed",
                    default="The content is not what was submitted. Nothing can be decided on it; "
                    "tell the administrator.",
                )
            )
    elif event.transition.id == "submit":
        _check_submittable(revision)


def before_document_transition(document: Any, event: IBeforeTransitionEvent) -> None:
    """Who may read a document follows from its revision in force, and from nothing else."""
    if event.transition is not None:
        _refuse_by_hand()


def after_transition(revision: Any, event: IAfterTransitionEvent) -> None:
    """Exactly one audit row per transition, in the same transaction (invariant 7)."""
    if event.transition is None:
        return
    state = State(event.new_state.id)
    document = aq_parent(revision)
    if State(event.old_state.id) is State.APPROVED:
        forget_plan(revision)
    register_of(document).set_state(api.content.get_uuid(revision), state)
    moment = _MOMENTS.get(event.transition.id)
    if moment is not None:
        setattr(revision, moment, now())
    if state in (State.DRAFT, State.WITHDRAWN):
        coding.let_go(revision)
    if state is State.DRAFT:
        revision.content_hash = None
    elif State(event.old_state.id) in WRITABLE:
        revision.ever_submitted = True
        settle(revision)
        coding.reserve(revision)
        revision.content_hash = hash_of(revision)
    note(
        revision,
        event.transition.id,
        number=number_of(revision),
        old_state=event.old_state.id,
        new_state=event.new_state.id,
        comment=event.kwargs.get("comment") or "",
        content_hash=revision.content_hash or "",
        **(event.kwargs.get("details") or {}),
    )
    document.reindexObject(idxs=["eqms_document_state"])


def remember_author(revision: Any) -> None:
    """Add the person who is saving to the author set of the revision (invariant 4).

    The revision is written in any case: whoever saves a part of it while somebody else submits it
    must conflict, or the hash would not cover what was saved.
    """
    user_id = getSecurityManager().getUser().getId()
    known = user_id is None or user_id in revision.saved_by
    revision.saved_by = revision.saved_by if known else (*revision.saved_by, user_id)


def _refuse_by_hand() -> None:
    """A permission that somebody gave himself opens no way past the route of approval."""
    if not is_elevated():
        raise forbidden(
            _(
                "error_internal_transition",
                default="This step follows from other ones. Nobody takes it by hand.",
            )
        )


def _check_submittable(revision: Any) -> None:
    problems = [
        problem for check in subscribers((revision,), ISubmitCheck) for problem in check.problems()
    ]
    if problems:
        raise bad_request(" ".join(problems))


def _follow_draft(document: Any, draft: Any) -> None:
    """Before the first issue a document bears the title and has the scope of its draft."""
    holder = document._code_holder
    scope = (draft.field, draft.level)
    if holder is not None and holder.scope != scope:
        coding.assign(document, document.code, scope)
    if document.title != draft.title:
        document.title = draft.title
        document.reindexObject()


def _refuse_content(document: Any) -> None:
    """What a document copies from its revision is written there; a form may offer it here too."""
    register = register_of(document)
    entry = register.live or register.open()
    if entry is None:
        return
    revision = document._getOb(entry.id)
    copied = ("title", "description") if entry is register.live else ("title",)
    if any((getattr(document, name) or "") != (getattr(revision, name) or "") for name in copied):
        raise bad_request(
            _(
                "error_copied_content",
                default="Title and summary belong to a revision. Change them in a draft.",
            )
        )


def _scope(document: Any) -> tuple[Any, Any]:
    entry = register_of(document).live or register_of(document).open()
    revision = document._getOb(entry.id) if entry is not None else None
    return getattr(revision, "field", None), getattr(revision, "level", None)


def _identity(document: Any) -> dict[str, Any]:
    return {name: getattr(document, name, None) for name in IDENTITY}


def _normalise(revision: Any) -> None:
    for name, _field in content_fields(revision):
        value = getattr(aq_base(revision), name, None)
        clean = _nfc(value)
        if clean != value:
            setattr(revision, name, clean)
    own = number_of(revision)
    if any(not row.get("number") for row in revision.amendments or ()):
        revision.amendments = [
            {**row, "number": row.get("number") or own} for row in revision.amendments
        ]


def _nfc(value: Any) -> Any:
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, list):
        return [_nfc(item) for item in value]
    if isinstance(value, dict):
        return {key: _nfc(item) for key, item in value.items()}
    return value
