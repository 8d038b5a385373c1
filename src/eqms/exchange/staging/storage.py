"""What waits in an agency: files, and what was corrected of them.

What was read is not kept: it is read anew from the file. What nobody touches for :data:`DAYS_KEPT`
days is dropped.
"""

from BTrees.IOBTree import IOBTree
from BTrees.OOBTree import OOBTree
from collections.abc import Mapping
from datetime import datetime
from datetime import timedelta
from eqms.agencies.content import Agency
from eqms.documents.upload import Upload
from eqms.domain.clock import now
from eqms.exchange.corrections import still_open
from eqms.exchange.mapping import line
from eqms.exchange.reading import read
from eqms.exchange.reading import WORD
from eqms.exchange.remarks import Remark
from eqms.exchange.word import ProcedureReading
from persistent import Persistent
from plone import api
from plone.namedfile.file import NamedBlobFile
from typing import Any
from typing import Final
from zope.annotation.interfaces import IAnnotations


ANNOTATION: Final = "eqms.exchange.staging"
DAYS_KEPT: Final = 14


class StagedFile(Persistent):
    """A file that waits, with what was found when it came and what was corrected since."""

    def __init__(self, number: int, upload: Upload, word: Upload | None) -> None:
        self.number = number
        self.name = upload.name
        self.sha256 = upload.sha256
        self.word = word and NamedBlobFile(word.data, contentType=WORD, filename=word.name)
        self.at = now()
        self.by = str(api.user.get_current().getId() or "")
        self.code = ""
        self.title = ""
        self.remarks: tuple[Remark, ...] = ()
        self.error: Remark | None = None
        self.corrections: Mapping[str, Any] = {}

    @property
    def upload(self) -> Upload:
        """The file as ``.docx``."""
        return Upload(self.word.filename, self.word.data)

    def reading(self) -> ProcedureReading:
        """What the file says.

        :raises UnreadableFile: if it cannot be read any more
        """
        return read(self.word.data, self.name, without_control_block=True)

    def tell(self, reading: ProcedureReading) -> None:
        """Keep what lists say of the file, as it stands after its corrections."""
        self.code = self.corrections.get("code", reading.code)
        self.title = self.corrections.get("title", line(reading.title))
        found = still_open(reading.findings, self.corrections)
        self.remarks = tuple(Remark.of(finding) for finding in found)


class Staging(Persistent):
    """Files of an agency that are looked at together."""

    def __init__(self, number: int, opened_by: str) -> None:
        self.number = number
        self.opened_at = self.touched_at = now()
        self.opened_by = opened_by
        self._files: IOBTree = IOBTree()
        self._last = 0

    @property
    def files(self) -> list[StagedFile]:
        """The files, in the order they came."""
        return list(self._files.values())

    def file(self, number: int) -> StagedFile | None:
        """The file with this number."""
        return self._files.get(number)

    @property
    def expires_at(self) -> datetime:
        """When it is dropped, unless somebody touches it before."""
        return self.touched_at + timedelta(days=DAYS_KEPT)

    def add(self, upload: Upload, word: Upload | None) -> StagedFile:
        """Keep a file under the next number."""
        self.touched_at = now()
        self._last += 1
        file = self._files[self._last] = StagedFile(self._last, upload, word)
        return file

    def remove(self, file: StagedFile) -> None:
        """Drop a file."""
        self.touched_at = now()
        del self._files[file.number]


class Stagings(Persistent):
    """The stagings of an agency."""

    def __init__(self) -> None:
        self._stagings: IOBTree = IOBTree()
        self._last = 0

    def open(self, by: str) -> Staging:
        """Begin a staging under a number no other one had."""
        self._last += 1
        staging = self._stagings[self._last] = Staging(self._last, by)
        return staging

    def get(self, number: int) -> Staging | None:
        """The staging with this number."""
        return self._stagings.get(number)

    def drop(self, number: int) -> None:
        """Forget a staging with all its files."""
        self._stagings.pop(number, None)

    @property
    def all(self) -> list[Staging]:
        """The stagings, the newest first."""
        return list(reversed(self._stagings.values()))


def stagings_of(agency: Agency) -> list[Staging]:
    """What waits in an agency, the newest first."""
    kept = kept_stagings().get(api.content.get_uuid(agency))
    return [] if kept is None else kept.all


def staging_by(agency: Agency, number: str) -> Staging | None:
    """The staging whose number stands in an address, if the agency has one."""
    kept = kept_stagings().get(api.content.get_uuid(agency))
    return None if kept is None or not _is_number(number) else kept.get(int(number))


def staged_file_by(staging: Staging, number: str) -> StagedFile | None:
    """The file whose number stands in an address, if the staging has one."""
    return staging.file(int(number)) if _is_number(number) else None


def open_staging(agency: Agency) -> Staging:
    """Begin to look at files."""
    annotations = IAnnotations(api.portal.get())
    if ANNOTATION not in annotations:
        annotations[ANNOTATION] = OOBTree()
    kept = annotations[ANNOTATION].setdefault(api.content.get_uuid(agency), Stagings())
    staging: Staging = kept.open(str(api.user.get_current().getId() or ""))
    return staging


def drop(agency: Agency, staging: Staging) -> None:
    """Forget a staging with all its files."""
    kept_stagings()[api.content.get_uuid(agency)].drop(staging.number)


def kept_stagings() -> Mapping[str, Stagings]:
    """The stagings of all agencies, by the UID of the agency."""
    kept: Mapping[str, Stagings] = IAnnotations(api.portal.get()).get(ANNOTATION, {})
    return kept


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
