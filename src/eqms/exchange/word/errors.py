"""Files that cannot be read at all: why, and what the person at the desk can do about it.

``code`` and ``params`` stand for the message in translations; ``message`` is its English form.
"""

from typing import ClassVar


class UnreadableFile(Exception):
    """Nothing may be created for this file."""

    code: ClassVar[str] = "unreadable"
    template: ClassVar[str] = "The file cannot be read."

    def __init__(self, **params: object) -> None:
        self.params = params
        self.message = self.template.format(**params)
        super().__init__(self.message)


class EmptyFile(UnreadableFile):
    """Zero bytes."""

    code = "empty_file"
    template = "The file is empty. Send it again."


class FileTooLarge(UnreadableFile):
    """More bytes than a procedure can reasonably have."""

    code = "file_too_large"
    template = "The file is larger than {limit} MB. Make its pictures smaller and save it again."


class NotWord(UnreadableFile):
    """Some other kind of file: a PDF, a text, a picture, a spreadsheet."""

    code = "not_word"
    template = "This is not a Word document (.docx) but {kind}. Send the Word document itself."


class OldWord(UnreadableFile):
    """The binary format of Word 97-2003."""

    code = "old_word"
    template = (
        "This is a Word 97-2003 document (.doc), and LibreOffice, which would convert it, is not "
        "on this machine. Open it in Word and save it as .docx."
    )


class CannotConvert(UnreadableFile):
    """LibreOffice could not convert a file of Word 97-2003, or not in time."""

    code = "cannot_convert"
    template = (
        "This Word 97-2003 document (.doc) could not be converted. Open it in Word and save it "
        "as .docx."
    )


class OtherWordFormat(UnreadableFile):
    """A template, a document with macros, or Strict Open XML."""

    code = "other_word_format"
    template = "This is {kind}. Open it in Word and save it as a plain Word document (.docx)."


class EncryptedFile(UnreadableFile):
    """Protected by a password."""

    code = "encrypted"
    template = "The file is protected by a password. Remove the password in Word and save it again."


class ZipBomb(UnreadableFile):
    """Unpacks to far more than it should; it was not unpacked."""

    code = "zip_bomb"
    template = (
        "The file would unpack to more than a procedure can need ({reason}); it was not opened. "
        "Open it in Word, save it under another name, and send that."
    )


class ForbiddenXml(UnreadableFile):
    """Declares a document type or entities, which Word never does."""

    code = "forbidden_xml"
    template = (
        "The part {part} of the file declares XML entities, which Word never writes; "
        "it was not opened. Save the document again in Word."
    )


class DamagedFile(UnreadableFile):
    """Truncated or otherwise broken."""

    code = "damaged"
    template = "The file is damaged ({reason}). Open it in Word, let Word repair it, and save it."


class NoControlBlock(UnreadableFile):
    """A Word document, but without code, issue number and date at its head."""

    code = "no_control_block"
    template = (
        "The document has no control block (Mã hiệu, Lần ban hành, Ngày ban hành), "
        "so it is not known which procedure it is. Add the block and send it again."
    )
