"""Signing a set of tasks with one authentication (tập trình ký)."""

from Acquisition import aq_parent
from eqms import _
from eqms.agencies.people import name_of
from eqms.approval import actions
from eqms.approval.authentication.proof import allowed_methods
from eqms.approval.authentication.proof import ReauthenticationFailed
from eqms.approval.authentication.vocabularies import methods
from eqms.approval.browser.my_tasks import row_of
from eqms.approval.signing import ToSign
from eqms.approval.signing_sets import chosen
from eqms.approval.statement import statement
from eqms.approval.tasks import tasks_for
from eqms.documents.content import number_of
from eqms.documents.errors import REFUSALS
from eqms.documents.errors import told
from functools import cached_property
from plone import api
from plone.protect.authenticator import check
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message
import transaction


class SigningSet(BrowserView):
    """``@@signing-set``: choose from one's tasks, look at the summary, sign them all.

    The challenge is for exactly what the summary shows.
    """

    template = ViewPageTemplateFile("signing_set.pt")
    refusal: Message | str = ""

    def __call__(self) -> str:
        """The page; on a POST the set is signed first."""
        self.request.response.setHeader("Cache-Control", "no-store")
        if self.request.method == "POST":
            check(self.request)
            if self._sign():
                api.portal.show_message(
                    _("done_sign_set", default="Your signatures were recorded."), self.request
                )
                address = f"{api.portal.get().absolute_url()}/@@my-tasks"
                return str(self.request.response.redirect(address))
        return str(self.template())

    @property
    def tasks(self) -> list[dict[str, Any]]:
        """What can be chosen."""
        me = api.user.get_current().getId()
        return [{**row_of(task, me), "uid": task.revision} for task in tasks_for(me)]

    @property
    def uids(self) -> list[str]:
        """What was chosen."""
        asked = self.request.form.get("uid", ())
        return [asked] if isinstance(asked, str) else [str(uid) for uid in asked]

    @cached_property
    def wanted(self) -> list[ToSign]:
        """What was chosen, ready to be signed; empty if something of it cannot be."""
        try:
            return chosen(self.uids)
        except REFUSALS as refusal:
            self.refusal = self.refusal or str(refusal)
            return []

    @property
    def summary(self) -> list[dict[str, Any]]:
        """What each signature of the set states."""
        return [
            {
                "uid": api.content.get_uuid(one.revision),
                "url": one.revision.absolute_url(),
                "title": one.revision.title,
                "code": aq_parent(one.revision).code or "",
                "number": number_of(one.revision),
                "statement": statement(one.revision, one.meaning),
                "for": name_of(one.on_behalf_of) if one.on_behalf_of else "",
            }
            for one in self.wanted
        ]

    @property
    def challenge(self) -> str:
        """A challenge for the set, new with every page."""
        try:
            return actions.challenge_for(*(one.revision for one in self.wanted))
        except REFUSALS as refusal:
            self.refusal = self.refusal or str(refusal)
            return ""

    @property
    def methods(self) -> list[Any]:
        """How the person can prove who he or she is, where there is a choice."""
        return list(methods(self.context)) if len(allowed_methods()) > 1 else []

    def _sign(self) -> bool:
        form, savepoint = self.request.form, transaction.savepoint()
        try:
            actions.sign_set(
                chosen(self.uids),
                str(form.get("password", "")),
                str(form.get("comment", "")),
                challenge=str(form.get("challenge", "")),
                method=str(form.get("method", "")) or None,
            )
        except ReauthenticationFailed as failure:
            self.request.response.setStatus(403)
            self.refusal = told(failure.message)
            return False
        except REFUSALS as refusal:
            savepoint.rollback()
            self.refusal = str(refusal)
            return False
        return True
