"""Challenges to sign: handed out without writing, redeemed once."""

from collections.abc import Iterable
from datetime import timedelta
from eqms import _
from eqms.approval.authentication.storage import stored
from eqms.approval.authentication.storage import written
from eqms.approval.settings import setting
from eqms.documents.errors import conflict
from eqms.domain.challenge import Challenge
from eqms.domain.challenge import Forged
from eqms.domain.challenge import Item
from eqms.domain.challenge import seal
from eqms.domain.challenge import unseal
from eqms.domain.clock import now
from plone.keyring.interfaces import IKeyManager
from zope.component import getUtility
import secrets


_NONCE_BYTES = 16


def make(person: str, items: Iterable[Item]) -> str:
    """A token with which this person can sign exactly these items within some minutes.

    :param items: revision (UID), content hash, step and meaning of each signature
    """
    challenge = Challenge(
        person=person,
        items=tuple(Item(*item) for item in items),
        nonce=secrets.token_urlsafe(_NONCE_BYTES),
        expires=now() + timedelta(minutes=setting("challenge_minutes")),
    )
    return seal(challenge, _keys()[0])


def redeem(token: str, person: str, items: Iterable[Item]) -> None:
    """Use a token up; it is worth one attempt, whether the secret with it is right or not.

    Used tokens are kept with the person until they expire. Two requests with one token write the
    same entry, so the second one conflicts, is tried again and finds the token used.

    :raises Conflict: if it is no token of this site, expired, used, or for something else
    """
    challenge = read(token)
    if not challenge.asks(person, (Item(*item) for item in items)):
        raise conflict(
            _(
                "error_challenge_other",
                default="You were asked to sign something else: the content, the step or the "
                "person has changed. Open the page for signing again.",
            )
        )
    moment = now()
    used = stored().redeemed.get(person, ())
    if challenge.expired(moment) or any(nonce == challenge.nonce for nonce, _expires in used):
        raise conflict(
            _(
                "error_challenge_spent",
                default="The page for signing is too old or was used already. Open it again.",
            )
        )
    fresh = [(nonce, expires) for nonce, expires in used if expires > moment]
    written().redeemed[person] = (*fresh, (challenge.nonce, challenge.expires))


def read(token: str) -> Challenge:
    """What a token asks for.

    :raises Conflict: if it is no token of this site
    """
    try:
        return unseal(token, _keys())
    except Forged as error:
        raise conflict(
            _(
                "error_challenge_forged",
                default="This challenge was not given by this site. Open the page for signing "
                "again.",
            )
        ) from error


def _keys() -> list[bytes]:
    """The site's keys, the one to seal with first; those rotated out are still known."""
    ring = getUtility(IKeyManager)["_system"]
    return [key.encode() for key in ring if key]
