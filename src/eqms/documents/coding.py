"""Codes of an agency's documents: suggested, unique in their scope, frozen, never given twice."""

from Acquisition import aq_parent
from BTrees.OOBTree import OOBTree
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from eqms import _
from eqms.agencies.content import Agency
from eqms.agencies.lookup import agency_of
from eqms.documents.errors import bad_request
from eqms.documents.errors import conflict
from eqms.documents.noting import note
from eqms.domain.codes import canonical
from eqms.domain.codes import CodePattern
from eqms.domain.codes import CodeTaken
from eqms.domain.codes import next_code
from eqms.domain.codes import normalise
from persistent import Persistent
from plone import api
from typing import Any
from zope.i18nmessageid import Message


PATTERNS_RECORD = "eqms.documents.code_patterns"


# Ordered: a BTree merges two transactions only if it can compare the values it holds.
@dataclass(frozen=True, order=True)
class Holder:
    """A document that holds a code, in the scope of a field and a level."""

    uid: str
    code: str
    scope: tuple[str | None, str | None]
    frozen: bool = False


@dataclass(frozen=True)
class FormerCode:
    """A code that a document was issued under, and until when (aware, in UTC)."""

    code: str
    until: datetime


class CodeRegister(Persistent):
    """Who holds which code in one agency; entries of issued documents stay for good."""

    def __init__(self) -> None:
        self._holders: OOBTree = OOBTree()
        self._given: OOBTree = OOBTree()

    def holders(self, code: str) -> tuple[Holder, ...]:
        """Everybody who holds this code, in any scope."""
        return tuple(self._holders.get(canonical(code), ()))

    def rivals(self, holder: Holder) -> tuple[Holder, ...]:
        """Others that hold the same code in the same scope."""
        return tuple(
            other
            for other in self.holders(holder.code)
            if other.uid != holder.uid and other.scope == holder.scope
        )

    def put(self, holder: Holder) -> None:
        """Enter or replace the entry of a document; asks nothing."""
        others = tuple(other for other in self.holders(holder.code) if other.uid != holder.uid)
        self._holders[canonical(holder.code)] = (*others, holder)
        if canonical(holder.code) not in self._given:
            self._given[canonical(holder.code)] = holder.code

    def drop(self, uid: str, code: str) -> None:
        """Let go of a code that was never issued; a frozen entry stays.

        Somebody may give it by hand again, to put a slip right. Suggested it is never again.
        """
        kept = tuple(holder for holder in self.holders(code) if holder.uid != uid or holder.frozen)
        if kept:
            self._holders[canonical(code)] = kept
        else:
            self._holders.pop(canonical(code), None)

    def forget(self, code: str) -> None:
        """Let a code be suggested again that nobody holds: giving it was undone as a whole."""
        if not self.holders(code):
            self._given.pop(canonical(code), None)

    def codes(self) -> list[str]:
        """All codes ever given, as written, those of removed drafts included."""
        return list(self._given.values())


def register_of_codes(agency: Agency) -> CodeRegister:
    """The code register of an agency."""
    register: CodeRegister = agency._codes
    return register


def assign(document: Any, code: str | None, scope: tuple[Any, Any], collide: bool = False) -> None:
    """Give a document its code; None takes it away as long as nothing was issued.

    :param scope: field and level, within which the agency gives a code once
    :param collide: keep a code that another document holds in the same scope; for taking over
        sets of documents as they are on paper, where it happens and is reported
    :raises BadRequest: if the code is taken in its scope
    :raises Conflict: if the code of an issued document would change
    """
    register = register_of_codes(agency_of(document))
    uid = api.content.get_uuid(document)
    before: Holder | None = getattr(document, "_code_holder", None)
    if before is not None and before.frozen:
        if code is None or canonical(code) != canonical(before.code):
            raise conflict(
                _(
                    "error_code_frozen",
                    default="The code ${code} was issued and cannot be changed any more.",
                    mapping={"code": before.code},
                )
            )
        return
    if before is not None:
        register.drop(uid, before.code)
    document.code = normalise(code) if code else None
    document._code_holder = None
    if document.code is None:
        return
    holder = Holder(uid, document.code, scope)
    if not collide and register.rivals(holder):
        raise bad_request(_taken(holder.code))
    register.put(holder)
    document._code_holder = holder


def reserve(revision: Any) -> None:
    """Keep the code that a revision brings from being given to another document meanwhile.

    :raises BadRequest: if it is taken in its scope
    """
    document = aq_parent(revision)
    if not _is_new(document, revision.new_code):
        return
    holder = _holder_by(revision)
    if register_of_codes(agency_of(document)).rivals(holder):
        raise bad_request(_taken(holder.code))
    register_of_codes(agency_of(document)).put(holder)


def let_go(revision: Any) -> None:
    """A revision went back to its authors or was given up: its new code is kept no longer."""
    document = aq_parent(revision)
    if _is_new(document, revision.new_code):
        register_of_codes(agency_of(document)).drop(
            api.content.get_uuid(document), revision.new_code
        )


def recode(revision: Any, instant: datetime) -> None:
    """A revision comes in force that brings another code: from now on the document bears it.

    The former code stays with the document: it is found by it, and nobody else gets it.

    :param instant: since when the revision is in force
    :raises Conflict: if the code is taken in its scope
    """
    document = aq_parent(revision)
    if not _is_new(document, revision.new_code):
        return
    holder = replace(_holder_by(revision), frozen=True)
    register = register_of_codes(agency_of(document))
    if register.rivals(holder):
        raise conflict(_taken(holder.code))
    register.put(holder)
    before = document.code
    document._former_codes = (*former_codes(document), FormerCode(before, instant))
    document.code, document._code_holder = holder.code, holder
    document._identity = {**document._identity, "code": holder.code}
    note(revision, "recoded", code=[before, holder.code])


def former_codes(document: Any) -> tuple[FormerCode, ...]:
    """The codes that a document was issued under before, the oldest first."""
    former: tuple[FormerCode, ...] = getattr(document, "_former_codes", ())
    return former


def freeze(document: Any) -> None:
    """Fix the code of a document for good: a revision of it was issued."""
    holder: Holder | None = document._code_holder
    if holder is not None and not holder.frozen:
        document._code_holder = replace(holder, frozen=True)
        register_of_codes(agency_of(document)).put(document._code_holder)


def thaw(document: Any) -> None:
    """Let go of the code of a migrated document that nobody confirmed: to undo or correct it."""
    holder: Holder | None = document._code_holder
    if holder is not None and holder.frozen:
        document._code_holder = replace(holder, frozen=False)
        register_of_codes(agency_of(document)).put(document._code_holder)


def release(document: Any) -> None:
    """Give the code of a document that goes away free, unless it was issued."""
    agency = agency_of(document)
    holder: Holder | None = getattr(document, "_code_holder", None)
    if agency is not None and holder is not None:
        register_of_codes(agency).drop(holder.uid, holder.code)


def suggest(
    agency: Agency, portal_type: str, parent: Any = None, **values: str | None
) -> str | None:
    """The next code by the pattern of the agency, or of the site, for a type of document.

    :param parent: the document that it belongs to, as a form to its procedure
    :param values: values of the fields of the pattern that are known (``field``, ``level`` …)
    :returns: None if there is no pattern for the type or its one code is given
    """
    pattern = pattern_of(agency, portal_type, parent.portal_type if parent is not None else "")
    if pattern is None:
        return None
    known = {"agency": agency.code, "parent": parent.code if parent is not None else None, **values}
    try:
        return next_code(pattern, known, register_of_codes(agency).codes())
    except CodeTaken:
        return None


def pattern_of(agency: Agency, portal_type: str, parent_type: str = "") -> CodePattern | None:
    """The form of the codes of a type of document, as the agency or else the site has set it.

    What belongs to another document has a form of its own where one is set for both types, as
    ``ControlledForm/Procedure``.

    :raises eqms.domain.codes.CodePatternError: if what is set is no pattern
    """
    patterns = api.portal.get_registry_record(PATTERNS_RECORD, default=None) or {}
    own = agency.code_patterns or {}
    for name in ([f"{portal_type}/{parent_type}"] if parent_type else []) + [portal_type]:
        if text := own.get(name) or patterns.get(name):
            return CodePattern.parse(text)
    return None


def _is_new(document: Any, code: str | None) -> bool:
    return bool(code) and canonical(code or "") != canonical(document.code or "")


def _holder_by(revision: Any) -> Holder:
    return Holder(
        api.content.get_uuid(aq_parent(revision)),
        normalise(revision.new_code),
        (revision.field, revision.level),
    )


def _taken(code: str) -> Message:
    return _(
        "error_code_taken",
        default="The code ${code} is already held by another document of this agency in "
        "the same field and level. Choose another one.",
        mapping={"code": code},
    )
