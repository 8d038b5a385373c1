"""The job of the clock that makes mails of the notes in the outbox."""

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime
from datetime import time
from datetime import timedelta
from email.message import EmailMessage
from eqms import _
from eqms.approval.mail.kinds import KINDS
from eqms.approval.mail.outbox import Note
from eqms.approval.mail.outbox import outbox
from eqms.approval.mail.preferences import Pace
from eqms.approval.mail.preferences import preferences
from eqms.approval.settings import site_url
from eqms.documents.dates import site_zone
from eqms.interfaces import IClockJob
from plone import api
from smtplib import SMTPException
from zope.i18n import translate
from zope.interface import implementer
import logging


logger = logging.getLogger(__name__)

DIGEST_RECORD = "eqms.approval.digest_hour"

PAUSE = timedelta(minutes=10)
"""How long nobody is written to after the mail server refused a mail to that person."""

KEPT = timedelta(days=30)
"""A note that could not be sent for so long is of no use any more; the task itself is not lost."""


@implementer(IClockJob)
class SendMail:
    """One mail for each person, with everything that is due for that person."""

    order = 90

    def due(self, now: datetime) -> Iterator[str]:
        """The people for whom something is due; nobody while the site has no address to send from.

        Asked anew when it is sent: a note may have been added since.
        """
        if api.portal.get_registry_record("plone.email_from_address", default=None):
            box = outbox()
            for person in list(box.people()):
                if not box.is_paused(person, now) and _due_notes(person, now):
                    yield person

    def perform(self, person: str, now: datetime) -> None:
        """Send what is due for a person; a server that refuses is tried again later."""
        notes = _due_notes(person, now)
        if not notes:
            return
        box = outbox()
        address = _address(person)
        wishes = preferences(person)
        fresh = [
            note
            for note in notes.values()
            if now - note.at < KEPT and wishes[KINDS[note.kind].group.id] is not Pace.NEVER
        ]
        if address and fresh and not _sent(address, mail_for(person, fresh), fresh):
            box.pause(person, now + PAUSE)
            return
        box.drop(person, notes)


def _due_notes(person: str, now: datetime) -> dict[str, Note]:
    wishes = preferences(person)
    digest = _last_digest(now)
    return {
        key: note
        for key, note in outbox().waiting(person).items()
        if wishes[KINDS[note.kind].group.id] is not Pace.DAILY or note.at < digest
    }


def _last_digest(now: datetime) -> datetime:
    """The last instant at which the mail of the day was to be sent."""
    zone = site_zone()
    hour = time(api.portal.get_registry_record(DIGEST_RECORD, default=7))
    moment = datetime.combine(now.astimezone(zone).date(), hour, zone)
    return moment if moment <= now else moment - timedelta(days=1)


def mail_for(person: str, notes: Sequence[Note]) -> EmailMessage:
    """The notes as one plain mail, in the language of the person or of the site."""
    language = _language(person)
    lines = [f"- {words(note, language)}\n  {_url(note)}" for note in notes]
    message = EmailMessage()
    message["Subject"] = _subject(notes, language)
    message["From"] = api.portal.get_registry_record("plone.email_from_address")
    close = translate(
        _(
            "mail_close",
            default="You get this mail because you work on documents in ${site}. What is sent to "
            "you you choose here: ${url}",
            mapping={"site": _site_title(), "url": f"{site_url()}/@@mail-preferences"},
        ),
        target_language=language,
    )
    message.set_content("\n".join([*lines, "", "-- ", close]))
    return message


def words(note: Note, language: str) -> str:
    """A note as a sentence."""
    message = KINDS[note.kind].words
    mapping = {"title": note.title, **dict(note.facts)}
    bound = _(str(message), default=message.default, mapping=mapping)
    return str(translate(bound, target_language=language))


def _subject(notes: Sequence[Note], language: str) -> str:
    if len(notes) == 1:
        text = words(notes[0], language)
    else:
        text = translate(
            _("mail_subject_many", default="${count} messages", mapping={"count": len(notes)}),
            target_language=language,
        )
    # A header is one line.
    return " ".join(f"[{_site_title()}] {text}".split())[:200]


def _sent(address: str, message: EmailMessage, notes: Sequence[Note]) -> bool:
    message["To"] = address
    try:
        api.portal.get_tool("MailHost").send(message, immediate=True)
    except (SMTPException, OSError) as error:
        logger.warning("%d notes to %s could not be mailed: %s", len(notes), address, error)
        return False
    return True


def _address(person: str) -> str:
    user = api.user.get(userid=person)
    return str(user.getProperty("email") or "") if user is not None else ""


def _language(person: str) -> str:
    user = api.user.get(userid=person)
    chosen = user.getProperty("language") if user is not None else None
    return str(chosen or api.portal.get_default_language())


def _site_title() -> str:
    return str(api.portal.get_registry_record("plone.site_title"))


def _url(note: Note) -> str:
    return f"{site_url()}/{note.path}"
