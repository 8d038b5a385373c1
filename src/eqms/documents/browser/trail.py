"""Nhật ký: the audit trail of a document, a revision, an agency or the site, for people."""

from collections.abc import Iterator
from collections.abc import Mapping
from datetime import datetime
from eqms import _
from eqms.documents.browser.trail_words import ACTIONS
from eqms.documents.browser.trail_words import CHANNELS
from eqms.documents.browser.trail_words import DETAILS
from eqms.documents.browser.trail_words import FLAWS
from eqms.documents.browser.trail_words import INSTANTS
from eqms.documents.browser.trail_words import LEFT_OUT
from eqms.documents.dates import moment_of
from eqms.documents.labels import STATES
from eqms.documents.trails import rows_of
from eqms.documents.trails import subject_of
from eqms.domain.canonical import canonical_json
from eqms.trail import verification
from plone import api
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any


PAGE_SIZE = 50

STATE_WORDS = {state.value: words for state, words in STATES.items()}


class TrailView(BrowserView):
    """Who did what and when, newest first, and whether the rows hold together."""

    index = ViewPageTemplateFile("trail.pt")

    def __call__(self) -> str:
        """The page; what it shows belongs to the person who asked."""
        self.request.response.setHeader("Cache-Control", "private, no-store")
        self.all = rows_of(self.context)
        self.start = self._start()
        return str(self.index())

    @property
    def findings(self) -> list[Any]:
        """What is wrong with the trail, in words, each once."""
        found = verification.check(subject_of(self.context))
        return list(dict.fromkeys(FLAWS.get(item.flaw, item.flaw) for item in found))

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of this page."""
        return [self._told(row) for row in self.all[self.start : self.start + PAGE_SIZE]]

    @property
    def links(self) -> dict[str, str | None]:
        """Addresses of the pages with ``newer`` and ``older`` rows."""
        newer = max(self.start - PAGE_SIZE, 0) if self.start else None
        older = self.start + PAGE_SIZE if self.start + PAGE_SIZE < len(self.all) else None
        address = f"{self.context.absolute_url()}/@@trail"
        return {
            name: f"{address}?b_start={start}" if start is not None else None
            for name, start in (("newer", newer), ("older", older))
        }

    def _start(self) -> int:
        asked = str(self.request.form.get("b_start", ""))
        return min(int(asked), len(self.all)) if asked.isdecimal() and len(asked) < 10 else 0

    def _told(self, row: Mapping[str, Any]) -> dict[str, Any]:
        # The row may have been altered; whatever it holds is shown as text.
        action, details = str(row.get("action", "")), row.get("details")
        details = details if isinstance(details, Mapping) else {}
        changes = details.get("changes")
        return {
            "number": row.get("number"),
            "at": _moment(row.get("at")),
            "who": name_of(str(row.get("actor", ""))),
            "for": name_of(row["on_behalf_of"]) if row.get("on_behalf_of") else None,
            "channel": CHANNELS.get(str(row.get("channel"))),
            "what": ACTIONS.get(action, action),
            "action": action,
            "path": str(row.get("path", "")),
            "details": list(_details(details)),
            "changes": list(_changes(changes)),
        }


def name_of(actor: str) -> Any:
    """A person's name as it is now, with the id that the row holds; what a job is called."""
    if actor.startswith("job:"):
        return _("actor_job", default="System (${job})", mapping={"job": actor[4:]})
    user = api.user.get(userid=actor)
    name = user.getProperty("fullname") if user is not None else ""
    return f"{name} ({actor})" if name else actor


def _details(details: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name, value in details.items():
        if name in LEFT_OUT or value in ("", None):
            continue
        state = STATE_WORDS.get(value) if name.endswith("_state") else None
        text = _moment(value) if name in INSTANTS else _plain(value)
        yield {"label": DETAILS.get(name, name), "text": state or text}


def _changes(changes: Any) -> Iterator[dict[str, Any]]:
    """Old and new values, by name or, where one thing changed as a whole, without."""
    pairs = changes.items() if isinstance(changes, Mapping) else [("", changes)]
    for name, pair in pairs:
        if isinstance(pair, list) and len(pair) == 2:
            yield {"label": DETAILS.get(name, name), "old": _plain(pair[0]), "new": _plain(pair[1])}


def _plain(value: Any) -> str:
    if value is None:
        return "–"
    return value if isinstance(value, str) else canonical_json(value).decode()


def _moment(at: Any) -> str:
    try:
        return moment_of(datetime.fromisoformat(at))
    except (TypeError, ValueError):
        return str(at)
