"""The page of the signer: what is signed, what it changes, and the signature."""

from Acquisition import aq_parent
from collections.abc import Callable
from eqms import _
from eqms.agencies.people import name_of
from eqms.approval import actions
from eqms.approval.authentication.proof import allowed_methods
from eqms.approval.authentication.proof import ReauthenticationFailed
from eqms.approval.authentication.vocabularies import methods
from eqms.approval.objections import principals
from eqms.approval.objections import REASONS
from eqms.approval.objections import refusal_for
from eqms.approval.signing import PHASES
from eqms.approval.signing import post
from eqms.approval.statement import statement
from eqms.documents.browser.forms import ActionForm
from eqms.documents.browser.forms import attempt
from eqms.documents.browser.forms import show_error
from eqms.documents.content import number_of
from eqms.documents.workflow import state_of
from eqms.domain import capacity as capacities
from eqms.domain.revisions import State
from plone import api
from plone.autoform import directives
from plone.supermodel import model
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from z3c.form import button
from zope import schema
from zope.i18nmessageid import Message
from zope.interface import provider
from zope.schema.interfaces import IContextSourceBinder
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


LABELS = {
    State.IN_REVIEW: _("heading_sign_review", default="Confirm review"),
    State.IN_APPROVAL: _("heading_sign_approval", default="Approve"),
}

USUAL = "usual"
"""Token of the capacity that has no letters: the own post."""


@provider(IContextSourceBinder)
def capacities_of(revision: Any) -> SimpleVocabulary:
    """The capacities in which the person may sign, by the lines they print, the usual one first."""
    held = post(revision, api.user.get_current().getId())
    return SimpleVocabulary(
        [
            SimpleTerm(
                choice.value, choice.value or USUAL, " / ".join(capacities.lines(held, choice))
            )
            for choice in capacities.offered(held)
        ]
    )


@provider(IContextSourceBinder)
def places(revision: Any) -> SimpleVocabulary:
    """Whose place the person may fill in the open step: the own one, or that of an absent one."""
    me = api.user.get_current().getId()
    held = [absent or me for absent in principals(revision, me)]
    return SimpleVocabulary([SimpleTerm(person, person, name_of(person)) for person in held])


class ISignature(model.Schema):
    """What every signature asks for."""

    comment = schema.Text(title=_("label_comment", default="Comment"), required=False)
    method = schema.Choice(
        title=_("label_method", default="Confirm with"), source=methods, required=False
    )
    directives.mode(challenge="hidden")
    challenge = schema.ASCIILine(title=_("label_challenge", default="Challenge"))
    password = schema.Password(
        title=_("label_password", default="Your password"),
        description=_(
            "help_password",
            default="Confirms that it is you who signs. It is a confirmation in this software, not "
            "a digital signature.",
        ),
    )


class IRevisionSignature(ISignature):
    """What the signature on a revision asks for besides."""

    directives.order_before(on_behalf_of="*")
    on_behalf_of = schema.Choice(
        title=_("label_in_place_of", default="In the place of"),
        description=_(
            "help_in_place_of",
            default="You stand in for somebody who is absent. The record says who for whom.",
        ),
        source=places,
        required=False,
    )
    directives.order_before(capacity="*")
    capacity = schema.Choice(
        title=_("label_capacity", default="Capacity"),
        description=_("help_capacity", default="As it is printed above your name."),
        source=capacities_of,
        required=False,
    )


class SignForm(ActionForm):
    """Xác nhận đã xem xét, or Phê duyệt: whichever step is open."""

    schema = IRevisionSignature
    template = ViewPageTemplateFile("sign.pt")

    @property
    def label(self) -> Message:
        """What signing means in the state the revision is in."""
        return LABELS.get(state_of(self.context), LABELS[State.IN_REVIEW])

    @property
    def me(self) -> str:
        """Id of the signer."""
        return str(api.user.get_current().getId())

    @property
    def refusal(self) -> Message | None:
        """Why the person cannot sign; None if he or she can."""
        if state_of(self.context) not in PHASES:
            return _("sign_nothing", default="Nothing is to be signed here now.")
        if principals(self.context, self.me):
            return None
        return REASONS[refusal_for(self.context, self.me)]

    @property
    def statement(self) -> str:
        """The sentence that the signature stands under."""
        return statement(self.context, PHASES[state_of(self.context)])

    @property
    def facts(self) -> dict[str, str]:
        """What is signed."""
        return {
            "title": self.context.title,
            "code": aq_parent(self.context).code or "",
            "number": number_of(self.context),
        }

    @property
    def printed(self) -> str:
        """What stands above the name, where there is no choice of it."""
        held = post(self.context, self.me)
        choices = capacities.offered(held)
        return " / ".join(capacities.lines(held, choices[0])) if len(choices) == 1 else ""

    def updateFieldsFromSchemata(self) -> None:
        """Ask only where there is a choice."""
        super().updateFieldsFromSchemata()
        choices = {
            "method": allowed_methods(),
            "capacity": capacities_of(self.context),
            "on_behalf_of": places(self.context),
        }
        left_out = [name for name, choice in choices.items() if len(choice) < 2]
        # A substitute without a place of the own must see in whose place it is.
        if [term.value for term in choices["on_behalf_of"]] not in ([], [self.me]):
            left_out = [name for name in left_out if name != "on_behalf_of"]
        self.fields = self.fields.omit(*left_out)

    def updateWidgets(self, prefix: str | None = None) -> None:
        """The usual capacity and the own place are chosen already."""
        super().updateWidgets(prefix)
        for name in ("capacity", "on_behalf_of"):
            if name in self.widgets:
                self.widgets[name].prompt = False
                self.widgets[name].required = True
                self.widgets[name].update()

    def render(self) -> str:
        """The form, each time with a challenge of its own: one is worth one attempt."""
        if self.refusal is None:
            challenge = attempt(self, lambda: actions.challenge_for(self.context))
            self.widgets["challenge"].value = challenge or ""
        return str(super().render())

    @button.buttonAndHandler(_("action_sign", default="Sign"), name="sign")
    def sign(self, action: Any) -> None:
        """Sign the open step."""
        data, errors = self.extractData()
        if errors:
            self.status = self.formErrorsMessage
        elif attempt_to_sign(self, lambda: self._sign(data)) is not None:
            self.finish(self.context, _("done_sign", default="Your signature was recorded."))

    def _sign(self, data: dict[str, Any]) -> Any:
        in_place_of = data.get("on_behalf_of") or self.me
        return actions.sign(
            self.context,
            PHASES.get(state_of(self.context), ""),
            data["password"],
            data["comment"] or "",
            capacity=data.get("capacity") or "",
            on_behalf_of=in_place_of if in_place_of != self.me else None,
            challenge=data["challenge"],
            method=data.get("method"),
        )


def attempt_to_sign(form: ActionForm, act: Callable[[], Any]) -> Any | None:
    """Sign, or show why not; a wrong secret is answered 403 and stays counted."""
    try:
        return attempt(form, act)
    except ReauthenticationFailed as failure:
        form.request.response.setStatus(403)
        show_error(form, failure.message)
        return None
