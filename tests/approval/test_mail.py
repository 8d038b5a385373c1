"""Mail leaves by the clock, at the pace that each person wants."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eqms.approval.mail.outbox import outbox
from eqms.approval.mail.outbox import tell
from eqms.approval.mail.preferences import Pace
from eqms.approval.mail.preferences import prefer
from eqms.approval.mail.preferences import preferences
from eqms.domain import clock
from eqms.interfaces import IClockJob
from plone import api
from smtplib import SMTPServerDisconnected
from zExceptions import BadRequest
from zope.component import getUtility
import pytest


NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
"""12:00 in Hanoi."""

SEVEN = datetime(2026, 3, 3, 0, 0, tzinfo=UTC)
"""07:00 of the next day in Hanoi, the hour of the daily mail."""


def run(at):
    """Let the job send what is due."""
    job = getUtility(IClockJob, name="eqms.mail")
    with clock.frozen(at):
        for person in list(job.due(at)):
            job.perform(person, at)


def test_a_note_is_mailed_once(document, mailhost):
    with clock.frozen(NOON):
        tell(["reviewer"], "task_opened", document["rev-1"])
    run(NOON)
    run(NOON)
    [message] = mailhost.sent
    text = message.get_content()
    assert message["To"] == "reviewer@example.vn"
    assert "Đăng ký khai sinh" in str(message["Subject"])
    assert "Đăng ký khai sinh" in text
    assert f"{document.absolute_url()}/rev-1" in text


def test_several_notes_make_one_mail(document, mailhost):
    with clock.frozen(NOON):
        tell(["reviewer"], "task_opened", document["rev-1"])
        tell(["reviewer"], "in_force", document["rev-1"])
    run(NOON)
    [message] = mailhost.sent
    assert message.get_content().count(document.absolute_url()) == 2


def test_the_daily_mail_waits_for_its_hour(document, mailhost):
    prefer("reviewer", {"tasks": "daily"})
    with clock.frozen(NOON):
        tell(["reviewer"], "task_opened", document["rev-1"])
    run(NOON + timedelta(hours=11, minutes=59))
    assert not mailhost.sent
    run(SEVEN)
    assert len(mailhost.sent) == 1


def test_a_missed_hour_loses_no_mail(document, mailhost):
    prefer("reviewer", {"tasks": "daily"})
    with clock.frozen(NOON):
        tell(["reviewer"], "task_opened", document["rev-1"])
    run(SEVEN + timedelta(days=2, hours=3))
    assert len(mailhost.sent) == 1


@pytest.mark.parametrize("when", ["before", "after"])
def test_who_wants_no_mail_gets_none(document, mailhost, when):
    if when == "before":
        prefer("reviewer", {"tasks": "never"})
    tell(["reviewer"], "task_opened", document["rev-1"])
    prefer("reviewer", {"tasks": "never"})
    run(clock.now())
    assert not mailhost.sent
    assert not outbox().waiting("reviewer")


def test_a_server_that_is_down_loses_no_mail(document, mailhost, monkeypatch):
    def refuse(*arguments, **options):
        raise SMTPServerDisconnected("down")

    with clock.frozen(NOON):
        tell(["reviewer", "approver"], "task_opened", document["rev-1"])
    with monkeypatch.context() as patched:
        patched.setattr(mailhost, "send", refuse)
        run(NOON)
    run(NOON + timedelta(minutes=9))
    assert not mailhost.sent
    run(NOON + timedelta(minutes=10))
    assert len(mailhost.sent) == 2


def test_a_person_who_is_gone_holds_nothing_up(document, mailhost):
    tell(["member", "reviewer"], "task_opened", document["rev-1"])
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(username="member")
    run(clock.now())
    assert [message["To"] for message in mailhost.sent] == ["reviewer@example.vn"]
    assert not outbox().waiting("member")


def test_a_site_without_an_address_keeps_the_notes(document, mailhost):
    tell(["reviewer"], "task_opened", document["rev-1"])
    api.portal.set_registry_record("plone.email_from_address", "")
    run(clock.now())
    assert not mailhost.sent
    assert outbox().waiting("reviewer")


def test_a_title_adds_no_header(document, mailhost):
    draft = document["rev-1"]
    draft.title = "Khai sinh\nBcc: ke@example.vn"
    tell(["reviewer"], "task_opened", draft)
    run(clock.now())
    [message] = mailhost.sent
    assert message["Bcc"] is None


def test_preferences(portal, http_request):
    assert set(preferences("reviewer").values()) == {Pace.AT_ONCE}
    prefer("reviewer", {"tasks": "daily"})
    assert preferences("reviewer")["tasks"] is Pace.DAILY
    assert preferences("reviewer")["drafts"] is Pace.AT_ONCE


@pytest.mark.parametrize("wishes", [{"other": "daily"}, {"tasks": "often"}, {"tasks": ["daily"]}])
def test_preferences_that_do_not_exist_are_refused(portal, http_request, wishes):
    with pytest.raises(BadRequest, match="at_once"):
        prefer("reviewer", wishes)
