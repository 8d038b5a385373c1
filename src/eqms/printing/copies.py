"""Which copy of a revision somebody gets: the kept print, that one stamped, or one made now."""

from eqms.approval.permissions import ATTACH_COPIES
from eqms.approval.settings import site_url
from eqms.documents.indexers import is_unconfirmed
from eqms.documents.workflow import state_of
from eqms.domain.revisions import State
from eqms.domain.stamps import across
from eqms.domain.stamps import below
from eqms.printing.frozen import frozen_print
from eqms.printing.frozen import FrozenPrint
from eqms.printing.overlay import stamped
from eqms.printing.pages import pages
from eqms.printing.pages import Stamps
from eqms.printing.rendering import pdf_of
from eqms.printing.sheet import ended_on
from plone import api
from typing import Any


def kept_copy(revision: Any) -> FrozenPrint | None:
    """The kept print, if it is to be given out as it is: the revision is in force."""
    return frozen_print(revision) if state_of(revision) is State.IN_FORCE else None


def copy_of(revision: Any, controlled: bool = False) -> bytes:
    """A PDF of a revision with the stamps that its state and the person's role ask for.

    Who may view the revision is for the caller to decide.

    :param controlled: asked for by the document controller, for distribution (see `may_control`)
    """
    words = across(state_of(revision), is_unconfirmed(revision))
    kept = frozen_print(revision)
    if kept is not None and words:
        return stamped(kept.file.data, words, ended_on(revision))
    if kept is not None and not controlled:
        return bytes(kept.file.data)
    stamps = Stamps(across=words, below=below(controlled and not words))
    return pdf_of(pages(revision, stamps, site_url()))


def may_control(revision: Any) -> bool:
    """Whether the person makes controlled copies: the document controller of the agency."""
    return bool(api.user.has_permission(ATTACH_COPIES, obj=revision))
