"""The signed copies of a revision: what each is, what was found out about it, and what to do."""

from collections.abc import Callable
from eqms import _
from eqms.agencies.people import name_of
from eqms.approval.copies.attaching import APPROVED_OR_LATER
from eqms.approval.copies.attaching import attach
from eqms.approval.copies.attaching import look_again
from eqms.approval.copies.attaching import may_attach
from eqms.approval.copies.attaching import strike_out
from eqms.approval.copies.browser.files import chosen
from eqms.approval.copies.facts import CheckedSignature
from eqms.approval.copies.labels import CHAINS
from eqms.approval.copies.labels import KINDS
from eqms.approval.copies.labels import LATER
from eqms.approval.copies.labels import REVOCATION
from eqms.approval.copies.labels import SAME_BYTES
from eqms.approval.copies.labels import TIME_SOURCES
from eqms.approval.copies.labels import VERDICTS
from eqms.approval.copies.storage import copies_of
from eqms.approval.copies.storage import Copy
from eqms.approval.copies.storage import CopyList
from eqms.approval.copies.storage import DIGITAL
from eqms.approval.settings import setting
from eqms.documents.dates import day_of
from eqms.documents.dates import moment_of
from eqms.documents.errors import REFUSALS
from eqms.documents.upload import RequestEntityTooLarge
from eqms.documents.workflow import state_of
from plone import api
from plone.app.layout.viewlets.common import ViewletBase
from plone.protect.authenticator import check
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zExceptions import NotFound
from zope.i18nmessageid import Message
import transaction


class SignedCopiesView(BrowserView):
    """``@@signed-copies`` of a revision."""

    template = ViewPageTemplateFile("copies.pt")
    refusal = ""

    def __call__(self) -> str:
        """The page; on a POST what was asked for is done first."""
        if self.request.method == "POST":
            check(self.request)
            if self._act():
                url = f"{self.context.absolute_url()}/@@signed-copies"
                return str(self.request.response.redirect(url))
        return str(self.template())

    @property
    def may_attach(self) -> bool:
        """Whether the person may attach a copy now."""
        return may_attach(self.context) and state_of(self.context) in APPROVED_OR_LATER

    @property
    def limit(self) -> int:
        """Megabytes that a file may have."""
        return int(setting("copy_megabytes"))

    def copies(self) -> list[dict[str, Any]]:
        """A block for each copy, in the order they were attached."""
        return rows(self.context)

    def _act(self) -> bool:
        form = self.request.form
        number = int(form["copy"]) if str(form.get("copy", "")).isdecimal() else 0
        if "attach" in form:
            return self._try(self._attach, _("done_attach_copy", default="The copy was attached."))
        if "verify" in form:
            return self._try(
                lambda: look_again(self.context, number),
                _("done_verify_copy", default="The copy was looked at again."),
            )
        if "strike" in form:
            return self._try(
                lambda: strike_out(self.context, number, str(form.get("reason", ""))),
                _("done_strike_copy", default="The copy was struck out."),
            )
        return False

    def _attach(self) -> None:
        form = self.request.form
        [upload] = chosen([form.get("file")], self.limit) or [None]
        attach(
            self.context,
            str(form.get("kind", "")),
            upload,
            str(form.get("place", "")),
            str(form.get("signers", "")),
        )

    def _try(self, act: Callable[[], Any], done: Message) -> bool:
        savepoint = transaction.savepoint()
        try:
            act()
        except (*REFUSALS, RequestEntityTooLarge, NotFound) as refusal:
            savepoint.rollback()
            self.refusal = str(refusal)
            return False
        api.portal.show_message(done, self.request)
        return True


class CopiesPanel(ViewletBase):
    """The signed copies in a few lines, beside the page of a revision."""

    def available(self) -> bool:
        """For people who may see the trail, where there is a copy or one can be attached."""
        if not api.user.has_permission("eqms: View trail", obj=self.context):
            return False
        if copies_of(self.context).copies:
            return True
        return may_attach(self.context) and state_of(self.context) in APPROVED_OR_LATER

    def copies(self) -> list[dict[str, Any]]:
        """A line for each copy."""
        return rows(self.context)


def rows(revision: Any) -> list[dict[str, Any]]:
    """The copies of a revision as they are shown."""
    kept = copies_of(revision)
    return [_row(revision, kept, copy) for copy in kept.copies]


def _row(revision: Any, kept: CopyList, copy: Copy) -> dict[str, Any]:
    looks = kept.looks_at(copy.number)
    last = looks[-1]
    strike = kept.struck(copy.number)
    verdict, style = (
        VERDICTS[last.verdict] if copy.kind == DIGITAL or not last.same_bytes else SAME_BYTES
    )
    return {
        "number": copy.number,
        "kind": KINDS[copy.kind],
        "names": ", ".join(signature.signer for signature in last.signatures) or copy.signers,
        "place": copy.place,
        "filename": copy.filename,
        "sha256": copy.sha256,
        "url": f"{revision.absolute_url()}/@@signed-copy/{copy.number}",
        "attached": moment_of(copy.at),
        "by": name_of(copy.by),
        "verdict": verdict,
        "style": style,
        "looked_at": moment_of(last.at),
        "looks": len(looks),
        "signatures": [_signature(signature) for signature in last.signatures],
        "struck": strike
        and {"at": moment_of(strike.at), "by": name_of(strike.by), "reason": strike.reason},
    }


def _signature(signature: CheckedSignature) -> dict[str, Any]:
    certificate = signature.certificate
    verdict, style = VERDICTS[signature.verdict]
    return {
        "signer": signature.signer,
        "verdict": verdict,
        "style": style,
        "later": LATER[signature.later],
        "at": moment_of(signature.signed_at),
        "time_source": TIME_SOURCES[signature.time_source],
        "chain": CHAINS[signature.chain],
        "revocation": REVOCATION,
        "certificate": certificate
        and {
            "subject": certificate.subject,
            "issuer": certificate.issuer,
            "serial": certificate.serial,
            "valid": f"{day_of(certificate.valid_from)} – {day_of(certificate.valid_until)}",
            "sha256": certificate.sha256,
        },
    }
