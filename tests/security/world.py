"""Two agencies, a person for each role, and revisions in every state, for the attack tests."""

from cast import acting
from cast import add_document
from cast import make_agency
from cast import PASSWORD
from dataclasses import dataclass
from datetime import timedelta
from eqms.approval import actions
from eqms.approval.record import record_of
from eqms.documents import ending
from eqms.documents import switch
from eqms.documents.content import register_of
from eqms.documents.dates import site_zone
from eqms.documents.drafting import revise
from eqms.documents.snapshot import hash_of
from eqms.documents.workflow import fire
from eqms.domain.clock import now
from eqms.domain.clock import today
from eqms.domain.route_plan import plan_of
from eqms.trail import storage as trail
from itertools import count
from plone import api
from plone.app.textfield.value import RichTextValue
from plone.namedfile.file import NamedBlobFile
from plone.protect import createToken
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
import requests
import transaction


ANONYMOUS = "anonymous"
ROUTE_MEMBER = "route_member"
"""In no group of an agency; the route of each document asks this person to review."""

SITE_ROLES = {
    "officer": "Programme Officer",
    "auditor": "QMS Auditor",
    "site_admin": "Site Administrator",
    "manager": "Manager",
}
ROLES = (
    ANONYMOUS,
    "member",
    "author",
    "second_author",
    "reviewer",
    "approver",
    "controller",
    "other_author",
    ROUTE_MEMBER,
    *SITE_ROLES,
)
STRONGEST = (ANONYMOUS, "member", "author", "controller", ROUTE_MEMBER, "manager")
"""Who is tried with everything in every run; the others in ``make test-matrix``."""

DRAFTERS = frozenset({"author", "second_author", "controller"})
STAFF = DRAFTERS | {"reviewer", "approver"}
OVERSIGHT = frozenset({"auditor", "site_admin", "manager"})
PROGRAMME = STAFF | OVERSIGHT | {"officer"}

STATES = (
    "draft",
    "in_review",
    "in_approval",
    "approved",
    "planned",
    "in_force",
    "superseded",
    "suspended",
    "obsolete",
    "withdrawn",
)
"""States of the workflow; ``planned`` is approved and issued, in force from a day to come."""

ONCE_IN_FORCE = frozenset({"in_force", "superseded", "suspended", "obsolete"})

ROUTE = plan_of(
    {
        "steps": [
            {"phase": "review", "members": [f"person:{ROUTE_MEMBER}", "function:reviewers"]},
            {"phase": "approval", "members": ["function:approvers"]},
        ]
    }
)

JSON = {"Accept": "application/json"}


@dataclass
class Subject:
    """A document, the revision of it that is attacked or read, and the secret words it holds."""

    state: str
    document: object
    revision: object
    words: dict[str, str]

    @property
    def path(self):
        """Path of the revision below the site."""
        return path_of(self.revision)

    @property
    def document_path(self):
        """Path of the document below the site."""
        return path_of(self.document)

    @property
    def id(self):
        """Id of the revision in its document."""
        return self.revision.getId()

    @property
    def uid(self):
        """UID of the revision."""
        return self.revision.UID()

    @property
    def today(self):
        """The day as an address asks for it."""
        return today(site_zone()).isoformat()

    @property
    def document_uid(self):
        """UID of the document."""
        return self.document.UID()

    def facts(self):
        """Everything about them that an attack could change."""
        revision, document = self.revision, self.document
        record = record_of(revision)
        return {
            "hash": hash_of(revision),
            "title": revision.title,
            "state": api.content.get_state(revision),
            "children": list(revision.objectIds()),
            "local roles": repr(revision.__ac_local_roles__),
            "place in history": (revision.seq, revision.kind, revision.based_on),
            "authors": revision.saved_by,
            "layout": revision.getProperty("layout", None),
            "address": path_of(revision),
            "register": (register_of(document).entries, register_of(document).intervals),
            "approval": (record.signatures, record.tasks, record.opened, record.running),
            "plan": (document._route_plan, revision.due_at, revision.issued_at),
            "document": (document.title, document.code, path_of(document)),
            "readers": (api.content.get_state(document), repr(document.__ac_local_roles__)),
            "found by the public": found_by_the_public(document),
            "audit rows": len(trail.rows(document.UID())),
            "last written": revision._p_serial,
        }


class World:
    """The site as the attackers find it."""

    def __init__(self, portal):
        self.portal = portal
        self.agency = make_agency(portal)
        self.other = make_agency(
            portal,
            "Sở Nội vụ",
            "SNV",
            {
                "other_author": ("Hồ Văn Khác", "authors"),
                ROUTE_MEMBER: ("Bùi Thị Thẩm", None),
            },
        )
        with api.env.adopt_roles(["Manager"]):
            for user_id, role in SITE_ROLES.items():
                mail = f"{user_id}@example.vn"
                api.user.create(username=user_id, email=mail, password=PASSWORD)
                api.user.grant_roles(username=user_id, roles=[role])
        self.numbers = count(1)
        self.sessions = {role: _session(role) for role in ROLES}
        with api.env.adopt_roles(["Manager"]):
            upload = NamedBlobFile(b"x", "text/plain", "chung.txt")
            self.file = f"/{path_of(api.content.create(portal, 'File', id='chung', file=upload))}"
        self.own = self.subject("draft")
        transaction.commit()

    def subject(self, state, revised=True):
        """A revision in a state.

        :param revised: whether another revision of the document is, or was, in force; otherwise
            it is the first one and nobody outside the agency may see the document
        """
        number = next(self.numbers)
        words = {
            part: f"zq{part}{state.replace('_', '')}{number}"
            for part in ("title", "text", "bytes", "name", "child", "childbytes", "reason")
        }
        document = add_document(
            self.agency,
            code=f"QT {number}",
            title=f"Quy trình {number}",
            portal_type="WorkInstruction",
        )
        document._route_plan = ROUTE
        revision = document["rev-1"]
        if revised and state not in ONCE_IN_FORCE:
            _issue(revision)
            revision = _revise(document)
        _write(revision, words)
        _bring(revision, state, words["reason"])
        transaction.commit()
        return Subject(state, document, revision, words)

    def call(self, role, method, path, **options):
        """Send a request as somebody and look at what it left behind."""
        url = path if path.startswith("http") else f"{self.portal.absolute_url()}/{path}"
        answer = self.sessions[role].request(method, url, allow_redirects=False, **options)
        transaction.begin()
        return answer

    def token(self, role):
        """A form token of the person, as a form of the site would carry it."""
        if role == ANONYMOUS:
            return ""
        with acting(role):
            return createToken()

    def close(self):
        """Close the connections."""
        for session in self.sessions.values():
            session.close()


def path_of(item):
    """Path of an object below the site."""
    return "/".join(item.getPhysicalPath()[2:])


def found_by_the_public(document):
    """Whether a visitor's search gives the document."""
    with api.env.adopt_roles(["Anonymous"]):
        return bool(api.portal.get_tool("portal_catalog").searchResults(UID=document.UID()))


def _session(role):
    session = requests.Session()
    if role != ANONYMOUS:
        session.auth = (role, PASSWORD)
    return session


def _revise(document):
    with acting("author"):
        return revise(document)


def _write(revision, words):
    with acting("author"):
        revision.title = f"Bản thảo {words['title']}"
        revision.text = RichTextValue(f"<p>{words['text']}</p>", "text/html", "text/x-html-safe")
        revision.source = NamedBlobFile(
            words["bytes"].encode(), "application/msword", f"{words['name']}.doc"
        )
        own = f"{revision.issue_no:02}/{revision.amendment_no:02}"
        revision.amendments = [{"number": own, "place": "", "summary": "Sửa", "ground": "Luật"}]
        api.content.create(
            revision,
            "File",
            id="kem",
            title=words["child"],
            file=NamedBlobFile(words["childbytes"].encode(), "text/plain", "kem.txt"),
        )
        notify(ObjectModifiedEvent(revision))


def _issue(revision):
    with acting("author"):
        actions.transition(revision, "submit")
    with acting("reviewer"):
        actions.sign(revision, "review", PASSWORD)
    with acting("approver"):
        actions.sign(revision, "approval", PASSWORD)


def _bring(revision, state, reason):
    document = revision.__parent__
    if state == "draft":
        return
    if state == "withdrawn":
        with acting("author"):
            actions.transition(revision, "withdraw", reason)
        return
    if state in ONCE_IN_FORCE:
        _issue(revision)
        if state == "superseded":
            _replace(revision)
        elif state == "suspended":
            ending.suspend(revision, reason)
        elif state == "obsolete":
            ending.retire(document, reason)
        return
    with acting("author"):
        actions.transition(revision, "submit", reason)
    if state == "in_review":
        return
    with acting("reviewer"):
        actions.sign(revision, "review", PASSWORD, reason)
    if state == "in_approval":
        return
    # As when the issue waits for a decision or a date.
    fire(revision, "approve", reason)
    if state == "planned":
        switch.issue(revision, now() + timedelta(days=30))


def _replace(revision):
    successor = _revise(revision.__parent__)
    with acting("author"):
        successor.title = f"Bản sau {revision.__parent__.getId()}"
        successor.text = None
        successor.amendments = [{"number": "01/01", "place": "", "summary": "x", "ground": "y"}]
        successor.manage_delObjects(["kem"])
    _issue(successor)
