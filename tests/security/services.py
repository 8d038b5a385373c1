"""What is sent to each service that writes, and who may send it; everybody else is refused.

The services themselves are asked of the component registry, so a new one is missed here.
"""

from cast import acting
from cast import PASSWORD
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from eqms.interfaces import IEqmsLayer
from plone import api
from security.world import DRAFTERS
from security.world import OVERSIGHT
from security.world import ROLES
from security.world import ROUTE_MEMBER
from zope.component import getGlobalSiteManager
import re
import transaction


WRITE = re.compile(r"(POST|PATCH|PUT|DELETE)_application_json_(@[\w-]+)")

MANAGERS = frozenset({"manager", "site_admin"})
CONTROL = frozenset({"controller", "manager"})
WRITERS = DRAFTERS | {"manager"}
WINDOW = MANAGERS | {"officer"}
ASKED = frozenset({"reviewer", ROUTE_MEMBER})
NOBODY = frozenset()
FROM_TO = {"from": "{s.today}", "until": "{s.today}", "reason": "Nghỉ phép"}
WAIVER = {
    "rule": "author_reviews",
    "number": "01/QĐ",
    "decided_on": "{s.today}",
    "reference": "Tủ 1",
    "start": "{s.today}",
    "end": "{s.today}",
}
SCAN = {"data": "JVBERi0xLjc=", "filename": "ban-ky.pdf"}


@dataclass(frozen=True)
class Service:
    """How a service is called: its address, who may, in which state of a revision, with what."""

    path: str
    who: frozenset[str]
    state: str = "in_force"
    body: dict = field(default_factory=dict)
    also: tuple[int, ...] = ()
    """Statuses besides 401, 403 and 404 that say that nothing was done."""

    def call(self, world, subject, session, decision):
        """Send it; returns the answer."""
        method, path = self.path.split(" ", 1)
        return session.request(
            method,
            f"{world.portal.absolute_url()}/{path.format(s=subject, decision=decision)}",
            headers={"Accept": "application/json"},
            json=_filled(self.body, subject),
            allow_redirects=False,
            timeout=30,
        )


SERVICES = {
    "POST @acknowledge IAgency": Service(
        "POST so-tu-phap/@acknowledge", CONTROL, body={"notice": "x"}
    ),
    "POST @cancel IIssueDecision": Service(
        "POST {decision}/@cancel", CONTROL, body={"reason": "bỏ"}
    ),
    "POST @checkpoint IPloneSiteRoot": Service("POST @checkpoint", MANAGERS),
    "POST @confirm-migration IRevision": Service(
        "POST {s.path}/@confirm-migration", NOBODY, also=(409,)
    ),
    "POST @correct IRevision": Service(
        "POST {s.path}/@correct",
        NOBODY,
        body={"changes": {"title": "Khác"}, "reason": "Sai"},
        also=(409,),
    ),
    "POST @decision-rows IIssueDecision": Service(
        "POST {decision}/@decision-rows", CONTROL, body={"rows": []}
    ),
    "POST @drop-row IIssueDecision": Service(
        "POST {decision}/@drop-row", CONTROL, body={"document": "{s.document_uid}", "reason": "bỏ"}
    ),
    "POST @staging IAgency": Service("POST so-tu-phap/@staging", WRITERS),
    "PATCH @staging IAgency": Service(
        "PATCH so-tu-phap/@staging/1/1", WRITERS, body={"title": "Khác"}
    ),
    "DELETE @staging IAgency": Service("DELETE so-tu-phap/@staging/1", WRITERS),
    "POST @imports IAgency": Service("POST so-tu-phap/@imports", WRITERS, body={"mode": "draft"}),
    "POST @issue-decision IIssueDecision": Service(
        "POST {decision}/@issue-decision",
        CONTROL,
        body={"number": "1/QĐ", "date": "{s.today}", "signer": "Phạm Thị Duyệt"},
    ),
    "PATCH @mail-preferences IPloneSiteRoot": Service(
        "PATCH @mail-preferences", frozenset(ROLES[1:])
    ),
    "DELETE @migration-window IAgency": Service("DELETE so-tu-phap/@migration-window", WINDOW),
    "POST @migration-window IAgency": Service(
        "POST so-tu-phap/@migration-window", WINDOW, body={"days": 1, "reason": "x"}
    ),
    "POST @reassign IRevision": Service(
        "POST {s.path}/@reassign",
        CONTROL,
        "in_review",
        {"person": "reviewer", "to": "member", "reason": "Nghỉ việc"},
    ),
    "POST @rebase IRevision": Service("POST {s.path}/@rebase", WRITERS, "draft"),
    "POST @recall IRevision": Service(
        "POST {s.path}/@recall", WRITERS, "in_review", {"comment": "Sửa lại"}
    ),
    "POST @reject IRevision": Service(
        "POST {s.path}/@reject", ASKED, "in_review", {"comment": "Chưa đủ"}
    ),
    "POST @requests IControlledDocument": Service(
        "POST {s.document_path}/@requests", CONTROL, body={"kind": "suspend", "reason": "Sai"}
    ),
    "POST @revise IControlledDocument": Service("POST {s.document_path}/@revise", WRITERS),
    "PUT @route IControlledDocument": Service(
        "PUT {s.document_path}/@route", CONTROL, body={"own": None}
    ),
    "PUT @routes IAgency": Service("PUT so-tu-phap/@routes", CONTROL, body={"routes": {}}),
    "PUT @routes IPloneSiteRoot": Service("PUT @routes", MANAGERS, body={"routes": {}}),
    "POST @sign IRevision": Service(
        "POST {s.path}/@sign", ASKED, "in_review", {"meaning": "review", "password": PASSWORD}
    ),
    "POST @sign-set IPloneSiteRoot": Service(
        "POST @sign-set",
        ASKED,
        "in_review",
        {"items": [{"uid": "{s.uid}", "meaning": "review"}], "password": PASSWORD},
        also=(409,),
    ),
    "POST @signed-copies IAgency": Service(
        "POST so-tu-phap/@signed-copies", CONTROL, body={"kind": "paper", "files": [SCAN]}
    ),
    "POST @signed-copies IRevision": Service(
        "POST {s.path}/@signed-copies", CONTROL, body={"kind": "paper", "file": SCAN}
    ),
    "POST @submit IRevision": Service("POST {s.path}/@submit", WRITERS, "draft"),
    "POST @substitutions IAgency": Service(
        "POST so-tu-phap/@substitutions",
        CONTROL,
        body={"absent": "reviewer", "substitute": "member", **FROM_TO},
    ),
    "POST @substitutions IPloneSiteRoot": Service(
        "POST @substitutions",
        MANAGERS | {"reviewer"},
        body={"absent": "reviewer", "substitute": "member", **FROM_TO},
    ),
    "POST @tick IPloneSiteRoot": Service("POST @tick", MANAGERS),
    "POST @trail-verify IPloneSiteRoot": Service("POST @trail-verify", OVERSIGHT | {"officer"}),
    "POST @waivers IAgency": Service("POST so-tu-phap/@waivers", CONTROL, body=WAIVER),
    "POST @withdraw IRevision": Service(
        "POST {s.path}/@withdraw", WRITERS, "draft", {"comment": "bỏ"}
    ),
    "POST @workflow IControlledDocument": Service(
        "POST {s.document_path}/@workflow/open_to_public", NOBODY
    ),
    "POST @workflow IRevision": Service("POST {s.path}/@workflow/make_in_force", NOBODY),
}
"""Method, name and what it is registered for -> how it is called."""


def registered() -> Iterator[str]:
    """The services of the add-on that write, as they are named in `SERVICES`."""
    for registration in getGlobalSiteManager().registeredAdapters():
        found = WRITE.fullmatch(registration.name or "")
        context, *others = registration.required
        if found and any(other.isOrExtends(IEqmsLayer) for other in others):
            yield f"{found[1]} {found[2]} {context.__name__}"


def decision_of(world):
    """A decision in preparation; its path below the site."""
    with acting("controller"):
        made = api.content.create(world.agency, "IssueDecision", title="Về việc ban hành")
    transaction.commit()
    return "/".join(made.getPhysicalPath()[2:])


def _filled(value, subject):
    if isinstance(value, str):
        return value.format(s=subject)
    if isinstance(value, list):
        return [_filled(item, subject) for item in value]
    if isinstance(value, dict):
        return {name: _filled(item, subject) for name, item in value.items()}
    return value
