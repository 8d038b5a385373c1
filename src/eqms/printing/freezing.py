"""The job of the clock that makes the print of what came in force, apart from any request."""

from BTrees.OOBTree import OOTreeSet
from collections.abc import Hashable
from datetime import datetime
from eqms.approval.settings import setting
from eqms.documents.indexers import is_unconfirmed
from eqms.documents.interfaces import IRevisionConfirmed
from eqms.documents.interfaces import IRevisionSwitched
from eqms.documents.snapshot import hash_of
from eqms.domain.stamps import below
from eqms.interfaces import IClockJob
from eqms.printing.frozen import frozen_print
from eqms.printing.frozen import keep
from eqms.printing.pages import pages
from eqms.printing.pages import Stamps
from eqms.printing.rendering import pdf_of
from eqms.printing.rendering import require_printer
from itertools import islice
from plone import api
from plone.app.uuid.utils import uuidToObject
from typing import Any
from typing import Final
from zope.annotation.interfaces import IAnnotations
from zope.interface import implementer


ANNOTATION: Final = "eqms.printing"

AT_ONCE: Final = 10
"""Prints of one run: each takes seconds, and what else falls due does not wait for hundreds."""

IN_FORCE: Final = Stamps(across="", below=below(controlled=False))


def revision_switched(revision: Any, event: IRevisionSwitched) -> None:
    """A revision came in force for the first time: its print is to be made.

    What was taken over from paper may still be corrected; its print is made when an approver has
    confirmed it.
    """
    if event.transition == "make_in_force":
        order(revision)


def revision_confirmed(revision: Any, event: IRevisionConfirmed) -> None:
    """What was taken over from paper cannot be corrected any more: its print is to be made."""
    order(revision)


def order(revision: Any) -> None:
    """Have the print of a revision made by the next run of the clock, unless there is one."""
    if frozen_print(revision) is None:
        annotations = IAnnotations(api.portal.get())
        if ANNOTATION not in annotations:
            annotations[ANNOTATION] = OOTreeSet()
        annotations[ANNOTATION].insert(api.content.get_uuid(revision))


def ordered() -> OOTreeSet:
    """UIDs of the revisions whose print is to be made."""
    found: OOTreeSet = IAnnotations(api.portal.get()).get(ANNOTATION, OOTreeSet())
    return found


@implementer(IClockJob)
class FreezePrints:
    """Makes and keeps the prints that were ordered; a piece is the UID of a revision."""

    order = 100

    def due(self, now: datetime) -> list[str]:
        """The next ones.

        :raises ServiceUnavailable: if this machine cannot print, so that the clock tells
        """
        pieces = list(islice(ordered(), AT_ONCE))
        if pieces:
            require_printer()
        return pieces

    def perform(self, piece: Hashable, now: datetime) -> None:
        """Make one print, of what was in force even if it is superseded meanwhile.

        :raises ValueError: if the content is not what was approved; nothing is kept then
        """
        waiting = ordered()
        if piece not in waiting:
            return
        revision = uuidToObject(str(piece), unrestricted=True)
        if revision is not None and frozen_print(revision) is None:
            if is_unconfirmed(revision):
                raise ValueError("Taken over from paper and not confirmed: nothing to keep yet.")
            if revision.content_hash != hash_of(revision):
                raise ValueError("The content is not what was approved.")
            # Whoever made this request may have named the site as he liked: what is kept for good
            # leads only to the address that the site was told.
            address = str(setting("site_address") or "").rstrip("/")
            keep(revision, pdf_of(pages(revision, IN_FORCE, address)))
        waiting.remove(piece)
