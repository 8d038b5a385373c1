"""Reading a file that anybody may have sent, whatever it does to the reader."""

from eqms.domain.clock import now
from eqms.exchange.checking import checked
from eqms.exchange.word import ProcedureReading
from eqms.exchange.word import read_procedure
from eqms.exchange.word import UnreadableFile
from io import BytesIO
from lxml import etree
from typing import ClassVar
from zipfile import ZipFile
import logging
import re


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
"""Media type of a ``.docx`` file."""

_PART_WITH_TEXT = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

logger = logging.getLogger(__name__)


class ReaderFailed(UnreadableFile):
    """The reader met something its authors did not think of."""

    code: ClassVar[str] = "reader_failed"
    template: ClassVar[str] = (
        "The program failed on this file ({error}). Nothing was created; tell the administrator."
    )


def read(data: bytes, filename: str, *, without_control_block: bool = False) -> ProcedureReading:
    """What the file says, with what the checks of procedures find in it today.

    :param without_control_block: whether a person will say which procedure it is

    :raises UnreadableFile: if it cannot be read, also where that is a fault of the reader: one
        bad file must not stop the others
    """
    try:
        reading = read_procedure(data, filename, without_control_block=without_control_block)
        reading.findings += checked(reading, now().date())
        return reading
    except UnreadableFile:
        raise
    except Exception as error:
        logger.exception("The reader failed on %s", filename)
        raise ReaderFailed(error=f"{type(error).__name__}: {error}") from error


def words_of(data: bytes) -> str:
    """All text of a file that was read before, a line for each paragraph.

    Stamps stand in text boxes and margins, where nothing of a procedure is looked for.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with ZipFile(BytesIO(data)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if _PART_WITH_TEXT.match(name)]
    paragraphs = (
        paragraph
        for part in parts
        for paragraph in etree.fromstring(part, parser).iter(f"{_NAMESPACE}p")
    )
    return "\n".join(
        "".join(piece.text or "" for piece in paragraph.iter(f"{_NAMESPACE}t"))
        for paragraph in paragraphs
    )
