"""Who or what causes an event, and by which way it came in: the honest part of what can be known.

No address of a client is kept: behind a proxy it is what a header claims. A row says who was
authenticated, not where.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from plone import api
from plone.rest.interfaces import IAPIRequest
from zope.globalrequest import getRequest


class Channel(StrEnum):
    """By which way an event came into the site."""

    PAGE = "page"
    """A request that is no REST call: a page of the site or of the management screens, WebDAV."""

    REST = "rest"
    """A REST call; the ``eqms`` command is one of its clients."""

    JOB = "job"
    """A job of the system, whoever's request it ran in."""

    CODE = "code"
    """No request at all: a script or the console of the server."""


@dataclass(frozen=True)
class Cause:
    """Actor and channel of the rows that are written now."""

    actor: str
    channel: Channel


_job: ContextVar[str | None] = ContextVar("eqms.trail.job", default=None)


@contextmanager
def caused_by(job: str) -> Iterator[None]:
    """Let rows written inside the block name a job of the system instead of a person.

    A reader whose request happens to run what is due has caused nothing.

    :param job: stable id of the job, for example ``clock``; rows name it as ``job:clock``
    """
    token = _job.set(job)
    try:
        yield
    finally:
        _job.reset(token)


def present_cause() -> Cause:
    """Who acts now: the job if one runs, else the person who is authenticated."""
    job = _job.get()
    if job is not None:
        return Cause(f"job:{job}", Channel.JOB)
    return Cause(api.user.get_current().getId() or "anonymous", _channel())


def _channel() -> Channel:
    request = getRequest()
    # A request that nobody published is one that a script or a test made up.
    if request is None or request.get("PUBLISHED") is None:
        return Channel.CODE
    return Channel.REST if IAPIRequest.providedBy(request) else Channel.PAGE
