"""Documents of the demo that people write: drafted, revised, decided on."""

from collections.abc import Mapping
from copy import deepcopy
from eqms.agencies.content import Agency
from eqms.approval import actions
from eqms.approval.record import record_of
from eqms.demo import facts
from eqms.demo.agencies import unit_uid
from eqms.demo.facts import Stage
from eqms.demo.word import blank_file
from eqms.demo.word import MIME_TYPE
from eqms.documents.drafting import revise
from plone import api
from plone.dexterity.utils import createContentInContainer
from plone.namedfile.file import NamedBlobFile
from plone.restapi.interfaces import IDeserializeFromJson
from types import MappingProxyType
from typing import Any
from typing import Final
from zope.component import getMultiAdapter
from zope.globalrequest import getRequest


COURSES: Final[Mapping[Stage, tuple[str, ...]]] = MappingProxyType(
    {
        Stage.DRAFT: (),
        Stage.RETURNED: ("submit", "reject"),
        Stage.WITHDRAWN: ("submit", "recall", "withdraw"),
        Stage.IN_REVIEW: ("submit",),
        Stage.IN_APPROVAL: ("submit", "review"),
        Stage.APPROVED: ("submit", "review", "approval"),
        Stage.PLANNED: ("submit", "review", "approval"),
        Stage.IN_FORCE: ("submit", "review", "approval"),
    }
)
"""What people do with a draft until it has come that far."""

SIGNED: Final = frozenset({"review", "approval"})
OF_SIGNERS: Final = SIGNED | {"reject"}


class Office:
    """An agency at work: people write, and whom the route asks decides, with these passwords."""

    def __init__(self, agency: Agency, passwords: Mapping[str, str]) -> None:
        self.agency = agency
        self.passwords = passwords

    def add(self, document: facts.Document) -> Any:
        """Write a document and bring its first draft as far as it comes in the demo."""
        content = document.first.content
        with api.env.adopt_user(username=document.first.author):
            made = createContentInContainer(
                self.agency,
                document.portal_type,
                title=document.title,
                code=document.code,
                field=content.get("field"),
                level=content.get("level"),
            )
            draft = made["rev-1"]
            _write(draft, {**content, "unit": unit_uid(self.agency, document.unit)})
            for blank in document.first.files:
                _attach(draft, blank)
        self._decide(draft, document.first)
        return made

    def revise(self, made: Any, document: facts.Document) -> None:
        """Write the revisions that follow."""
        for revision in document.following:
            with api.env.adopt_user(username=revision.author):
                draft = revise(made, revision.change, revision.kind)
                _write(draft, revision.content)
            self._decide(draft, revision)

    def _decide(self, draft: Any, revision: facts.Revision) -> None:
        for act in COURSES[revision.stage]:
            person = _asked(draft) if act in OF_SIGNERS else revision.author
            with api.env.adopt_user(username=person):
                if act in SIGNED:
                    actions.sign(draft, act, self.passwords[person])
                else:
                    actions.transition(draft, act, "" if act == "submit" else revision.remark)


def _asked(draft: Any) -> str:
    """Whom the open step of the route asks; one of them where it asks several."""
    return record_of(draft).open_tasks[0].person


def _write(draft: Any, content: Mapping[str, Any]) -> None:
    getMultiAdapter((draft, getRequest()), IDeserializeFromJson)(
        data=deepcopy(dict(content)), validate_all=True
    )


def _attach(draft: Any, blank: facts.Blank) -> None:
    createContentInContainer(
        draft,
        "File",
        id=blank.name,
        title=blank.title,
        file=NamedBlobFile(blank_file(blank), contentType=MIME_TYPE, filename=blank.name),
    )
