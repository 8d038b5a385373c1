"""The second way: one-time codes of an app on the signer's own telephone."""

from dataclasses import dataclass
from dataclasses import replace
from eqms import _
from eqms.approval.authentication.interfaces import IReauthentication
from eqms.approval.authentication.proof import prove_password
from eqms.approval.authentication.storage import stored
from eqms.approval.authentication.storage import written
from eqms.documents.errors import bad_request
from eqms.domain import onetime as rules
from eqms.domain.clock import now
from eqms.trail import storage as trail
from zope.interface import implementer


METHOD = "totp"


@dataclass(frozen=True)
class Codes:
    """What is kept of a person: the key in use with its last accepted step, and a key that the
    person has not confirmed yet. Empty text is none. No service reads keys out."""

    key: str = ""
    last_step: int = rules.NEVER
    offered: str = ""


@implementer(IReauthentication)
class CodeReauthentication:
    """Asks for a code that was not used yet."""

    title = _("label_signing_code", default="Code of your app")
    wrong = _(
        "error_signing_code",
        default="The code is not right, or it was used already. Wait for the next one. Nothing "
        "was signed.",
    )

    def confirms(self, person: str, secret: str) -> bool:
        """Whether ``secret`` is a code of this person's app; it is then used up."""
        codes = codes_of(person)
        if not codes.key:
            return False
        step = rules.accepted_step(codes.key, secret, now(), codes.last_step)
        if step is None:
            return False
        written().code_keys[person] = replace(codes, last_step=step)
        return True


def codes_of(person: str) -> Codes:
    """What is kept of a person."""
    found: Codes = stored().code_keys.get(person, Codes())
    return found


def enrolled() -> list[str]:
    """Ids of the people who sign with codes."""
    return [person for person, codes in stored().code_keys.items() if codes.key]


def offer(person: str) -> str:
    """A new key for a person, to be confirmed; one that is in use stays until then."""
    codes = replace(codes_of(person), offered=rules.new_key())
    written().code_keys[person] = codes
    return codes.offered


def confirm(person: str, code: str, password: str) -> None:
    """Take the offered key into use: the person has it in the app, and knows the password.

    :raises BadRequest: if no key was offered, or the code is not of it
    :raises ReauthenticationFailed: if the password is wrong; counted as when signing
    """
    prove_password(person, password)
    codes = codes_of(person)
    step = rules.accepted_step(codes.offered, code, now()) if codes.offered else None
    if step is None:
        raise bad_request(
            _(
                "error_first_code",
                default="The code does not fit the key. Check the clock of your telephone and "
                "begin again.",
            )
        )
    written().code_keys[person] = Codes(codes.offered, step)
    trail.append(trail.SITE, "signing_code_enrolled", principal=person, again=bool(codes.key))


def give_up(person: str, password: str) -> None:
    """Sign with codes no longer.

    :raises ReauthenticationFailed: if the password is wrong; counted as when signing
    """
    prove_password(person, password)
    remove(person)


def remove(person: str) -> None:
    """Forget a person's key; whoever calls this has checked who asks for it."""
    if codes_of(person).key:
        trail.append(trail.SITE, "signing_code_removed", principal=person)
    written().code_keys.pop(person, None)
