"""Files as they are sent, made ready to be read."""

from eqms.documents.upload import LIMIT
from eqms.documents.upload import LONGEST
from eqms.documents.upload import Upload
from eqms.exchange.word.errors import FileTooLarge
from eqms.exchange.word.legacy import as_docx
from pathlib import PurePath


def as_word(upload: Upload) -> Upload:
    """The file as ``.docx``: one of Word 97-2003 is converted.

    :raises UnreadableFile: if it is too large, or cannot be converted
    """
    if len(upload.data) > LONGEST:
        raise FileTooLarge(limit=LIMIT)
    data = as_docx(upload.data)
    if data is upload.data:
        return upload
    return Upload(f"{PurePath(upload.name).stem}.docx", data)
