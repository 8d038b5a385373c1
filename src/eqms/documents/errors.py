"""Refusals of this room and those above: one class per HTTP status, one sentence what to do.

The publisher finds the status by the name of the class, so the names are those of the statuses.
"""

from zExceptions import BadRequest
from zExceptions import Forbidden
from zExceptions import HTTPConflict
from zExceptions import HTTPServiceUnavailable
from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.i18nmessageid import Message


class Conflict(HTTPConflict):
    """The state of the document does not allow it now (409)."""


class ServiceUnavailable(HTTPServiceUnavailable):
    """The server cannot do it at this moment, or lacks something that it needs for it (503)."""


Refusal = BadRequest | Forbidden | Conflict
"""What a form catches to show it as a message instead of an error page."""

REFUSALS = (BadRequest, Forbidden, Conflict)


def told(message: Message | str) -> str:
    """A message in the language of the request, also for use within another message."""
    return str(translate(message, context=getRequest()))


def bad_request(message: Message | str) -> BadRequest:
    """The input is wrong (400); to be raised by the caller."""
    return BadRequest(told(message))


def forbidden(message: Message | str) -> Forbidden:
    """Nobody, or not this person, may do it (403); to be raised by the caller."""
    return Forbidden(told(message))


def conflict(message: Message | str) -> Conflict:
    """Not in this state (409); to be raised by the caller."""
    return Conflict(told(message))


def unavailable(message: Message | str) -> ServiceUnavailable:
    """Not at this moment, or not on this machine (503); to be raised by the caller."""
    return ServiceUnavailable(told(message))
