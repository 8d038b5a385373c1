"""Reading procedures from Word files: pure Python, no site needed.

:func:`read_procedure` returns a :class:`ProcedureReading`; a file that cannot be read raises a
subclass of :class:`UnreadableFile`.
"""

from eqms.exchange.word.errors import UnreadableFile
from eqms.exchange.word.findings import Finding
from eqms.exchange.word.model import ProcedureReading
from eqms.exchange.word.reader import read_procedure


__all__ = ["Finding", "ProcedureReading", "UnreadableFile", "read_procedure"]
