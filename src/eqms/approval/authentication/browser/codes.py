"""Setting up one-time codes for signing, and taking them from people who lost their telephone."""

from collections.abc import Callable
from eqms import _
from eqms.agencies.people import name_of
from eqms.approval.authentication import onetime
from eqms.approval.authentication.proof import allowed_methods
from eqms.approval.authentication.proof import ReauthenticationFailed
from eqms.documents.errors import REFUSALS
from eqms.domain.onetime import enrolment_uri
from eqms.domain.vietnamese import sort_key
from plone import api
from plone.protect.authenticator import check
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.i18nmessageid import Message


class SigningCodeView(BrowserView):
    """The person's own codes: offered, confirmed with a first code and the password, given up.

    A key is shown only in the answer to the request that made it.
    """

    template = ViewPageTemplateFile("signing_code.pt")
    refusal: Message | str = ""
    key = ""
    awaited = False
    """Whether the first code is asked for."""

    def __call__(self) -> str:
        """The page; on a POST what was asked for is done first."""
        self.person = api.user.get_current().getId()
        if self.request.method == "POST":
            check(self.request)
            self._act()
        self.request.response.setHeader("Cache-Control", "no-store")
        return str(self.template())

    @property
    def allowed(self) -> bool:
        """Whether the site lets people sign with codes."""
        return onetime.METHOD in allowed_methods()

    @property
    def enrolled(self) -> bool:
        """Whether the person has a key in use."""
        return bool(onetime.codes_of(self.person).key)

    @property
    def key_in_groups(self) -> str:
        """The key as one types it: groups of four letters."""
        return " ".join(self.key[start : start + 4] for start in range(0, len(self.key), 4))

    @property
    def uri(self) -> str:
        """The key as a link for the app."""
        user = api.user.get_current()
        return enrolment_uri(self.key, user.getUserName(), api.portal.get().title)

    def _act(self) -> None:
        form = self.request.form
        password = str(form.get("password", ""))
        if "begin" in form and self.allowed:
            self.key = onetime.offer(self.person)
            self.awaited = True
        elif "confirm" in form:
            code = str(form.get("code", ""))
            self.awaited = not self._try(
                lambda: onetime.confirm(self.person, code, password),
                _("done_signing_code", default="From now on you can sign with codes."),
            )
        elif "remove" in form:
            self._try(
                lambda: onetime.give_up(self.person, password),
                _("done_signing_code_removed", default="You no longer sign with codes."),
            )

    def _try(self, act: Callable[[], None], done: Message) -> bool:
        try:
            act()
        except ReauthenticationFailed as failure:
            self.request.response.setStatus(403)
            self.refusal = failure.message
        except REFUSALS as refusal:
            self.request.response.setStatus(400)
            self.refusal = str(refusal)
        else:
            api.portal.show_message(done, self.request)
        return not self.refusal


class SigningCodesView(BrowserView):
    """For administrators: who signs with codes. A key can be taken away, never read."""

    template = ViewPageTemplateFile("signing_codes.pt")

    def __call__(self) -> str:
        """The page; on a POST the key of the chosen person is removed first."""
        if self.request.method == "POST":
            check(self.request)
            onetime.remove(str(self.request.form.get("person", "")))
        return str(self.template())

    def people(self) -> list[dict[str, str]]:
        """A line for each person who signs with codes, by name."""
        lines = [{"id": person, "name": name_of(person)} for person in onetime.enrolled()]
        return sorted(lines, key=lambda line: sort_key(line["name"]))
