"""Reads the Word file of a procedure, section by section."""

from collections.abc import Iterator
from docx.document import Document
from eqms.exchange.word import items
from eqms.exchange.word import sections as names
from eqms.exchange.word.annexes import read_annexes
from eqms.exchange.word.block_reader import BlockReader
from eqms.exchange.word.blocks import Table
from eqms.exchange.word.control_block import ControlBlock
from eqms.exchange.word.control_block import find_control_block
from eqms.exchange.word.control_block import read_control_block
from eqms.exchange.word.dossier import read_dossier
from eqms.exchange.word.dossier import sets_in
from eqms.exchange.word.errors import NoControlBlock
from eqms.exchange.word.fees import read_fees
from eqms.exchange.word.findings import Findings
from eqms.exchange.word.items import Content
from eqms.exchange.word.items import item_rows
from eqms.exchange.word.items import read_content
from eqms.exchange.word.layout import lay_out
from eqms.exchange.word.legacy import as_docx
from eqms.exchange.word.legal import read_legal_bases
from eqms.exchange.word.lists import entries
from eqms.exchange.word.lists import lines_of
from eqms.exchange.word.lists import read_amendments
from eqms.exchange.word.lists import read_application_forms
from eqms.exchange.word.lists import read_definitions
from eqms.exchange.word.lists import read_forms
from eqms.exchange.word.lists import read_notes
from eqms.exchange.word.lists import read_records
from eqms.exchange.word.lists import tables_of
from eqms.exchange.word.model import ProcedureReading
from eqms.exchange.word.package import bytes_of
from eqms.exchange.word.package import open_document
from eqms.exchange.word.page_margins import check_margins
from eqms.exchange.word.page_margins import read_footers
from eqms.exchange.word.page_margins import read_headers
from eqms.exchange.word.scenarios import check_sums
from eqms.exchange.word.scenarios import read_scenarios
from eqms.exchange.word.sections import Section
from eqms.exchange.word.signers import read_signers
from eqms.exchange.word.step_tables import find_step_tables
from eqms.exchange.word.steps import read_steps
from eqms.exchange.word.tables import AMENDMENTS
from eqms.exchange.word.tables import SIGNERS
from eqms.exchange.word.text import flow
from eqms.exchange.word.text import key
from eqms.exchange.word.time_columns import unit_in_note
from typing import BinaryIO
import re


#: Fields of the reading that are the text of one item.
_TEXTS = {
    "time_limit_text": items.TIME_LIMIT,
    "applicants": items.APPLICANTS,
    "performing_body": items.PERFORMING,
    "coordinating_body": items.COORDINATING,
    "competent_body": items.COMPETENT,
    "reception": items.RECEPTION,
    "submission": items.SUBMISSION,
    "applicant_sequence": items.SEQUENCE,
    "fees_text": items.FEES,
    "requirements": items.REQUIREMENTS,
}
_SCOPE = re.compile(r"^(quy trình này )?(được )?áp dụng|^phạm vi")


def read_procedure(
    source: BinaryIO | bytes, filename: str, *, without_control_block: bool = False
) -> ProcedureReading:
    """Read a procedure (quy trình) from its Word file, ``.docx`` or, with LibreOffice, ``.doc``.

    Whatever is not understood is a finding of the result and leaves its field empty. Raises a
    subclass of :class:`~eqms.exchange.word.errors.UnreadableFile` when the file is no Word
    document, cannot be opened safely, or has no control block. With *without_control_block* a
    missing block is a finding, too: somebody will say what the file is.
    """
    document = open_document(as_docx(bytes_of(source)))
    return _Reader(document, filename, without_control_block).read()


class _Reader:
    """One reading of one document."""

    def __init__(self, document: Document, filename: str, headless: bool = False) -> None:
        self.headless = headless
        blocks = BlockReader(document)
        self.layout = lay_out(blocks.body(document.element.body))
        self.headers = read_headers(document, blocks)
        self.footers = read_footers(document, blocks)
        self.reading = ProcedureReading(filename)
        self.findings = Findings()
        self.known: set[Table] = set()

    def read(self) -> ProcedureReading:
        self.read_head()
        self.read_opening_sections()
        content = self.read_content()
        self.read_steps(content)
        self.read_closing_sections()
        self.tell_missing(content)
        self.tell_unknown_tables()
        self.reading.findings = list(self.findings)
        return self.reading

    def read_head(self) -> None:
        reading, findings, front = self.reading, self.findings, self.layout.front
        headers = [block for _, blocks in self.headers for block in blocks]
        block = find_control_block(front, headers)
        if block is None and not self.headless:
            raise NoControlBlock
        if block is None:
            findings.add("control_block_missing", "document")
            block = ControlBlock()
        if block.table is not None:
            self.known.add(block.table)
        read_control_block(block, front, reading, findings)
        check_margins(self.headers, self.footers, reading, findings)
        for table in self.layout.tables(SIGNERS)[:1]:
            reading.signers = read_signers(table, findings)
        if not reading.signers:
            findings.add("signers_missing", "document")
        for table in self.layout.tables(AMENDMENTS)[:1]:
            reading.amendments = read_amendments(table)

    def read_opening_sections(self) -> None:
        reading, section = self.reading, self.layout.section
        purpose, scope = section(names.PURPOSE), section(names.SCOPE)
        reading.purpose, reading.scope = _text(purpose), _text(scope)
        if purpose is not None and purpose is scope:
            reading.purpose, reading.scope = _purpose_and_scope(purpose)
        reading.responsibilities = _text(section(names.RESPONSIBILITY))
        references, definitions = section(names.REFERENCES), section(names.DEFINITIONS)
        lines = lines_of(references) if references else []
        if definitions is not None:
            self.known.update(tables_of(definitions))
            reading.definitions, others = read_definitions(definitions, self.findings)
            lines = others if definitions is references else lines
        reading.references = entries(lines)

    def read_content(self) -> Content:
        reading, section = self.reading, self.layout.section(names.CONTENT)
        content = read_content(section.blocks, section.place) if section else read_content((), "")
        dossier = content.lines(items.DOSSIER)
        reading.dossier = read_dossier(dossier)
        reading.dossier_sets = content.text(items.SETS) or sets_in(dossier)
        for field, item in _TEXTS.items():
            setattr(reading, field, content.text(item))
        reading.outcomes = entries(content.lines(items.OUTCOMES))
        reading.application_forms = read_application_forms(content.lines(items.FORMS))
        bases = self.layout.section(names.LEGAL)
        lines = content.lines(items.LEGAL) or (lines_of(bases) if bases else [])
        reading.legal_bases = read_legal_bases(lines)
        fees = read_fees(content.lines(items.FEES), content.place_of(items.FEES), self.findings)
        reading.fees, reading.fee_exemptions = fees.rows, fees.exemptions
        reading.content_text = "\n".join([*content.loose, *self._unknown_sections()])
        return content

    def _unknown_sections(self) -> Iterator[str]:
        """The words of sections whose headings are not known; nothing that was written is lost."""
        for section in self.layout.sections:
            if not section.names:
                self.findings.add("section_unknown", section.place, text=section.title)
                yield section.title
                yield from lines_of(section)

    def read_steps(self, content: Content) -> None:
        reading, findings = self.reading, self.findings
        section = self.layout.section(names.CONTENT)
        tables = find_step_tables(section.blocks) if section else []
        tables = tables or find_step_tables(list(self.layout.blocks()))
        self.known.update(page for each in tables for page in each.pages)
        reading.step_notes = read_notes(content.lines_after_tables)
        unit = unit_in_note("\n".join(reading.step_notes))
        reading.steps = read_steps(tables, unit, findings)
        if not reading.steps:
            findings.add("steps_missing", content.place or "document")
        for each in tables:
            for column in each.head.guessed:
                words = flow([cell.text for cell in each.head.words[column]])
                place = each.table.place(each.head.first)
                findings.add("column_guessed", place, column=column + 1, text=words)
        place = content.place_of(items.TIME_LIMIT)
        reading.scenarios = read_scenarios(tables, reading.time_limit_text, place, findings)
        for step in reading.steps:
            missing = len(reading.scenarios) - len(step.durations)
            step.durations += [None] * missing
            step.timed_with += [None] * missing
        check_sums(reading.scenarios, reading.steps, findings)

    def read_closing_sections(self) -> None:
        reading, forms = self.reading, self.layout.section(names.FORMS)
        if forms is not None:
            self.known.update(tables_of(forms))
            reading.forms = read_forms(forms)
        if (table := self.layout.records_table()) is None:
            self.findings.add("records_missing", "document")
        else:
            self.known.add(table)
            reading.records = read_records(table, self.findings)
        reading.records_text = _text(self.layout.section(names.RECORDS))
        reading.annexes = read_annexes(self.layout.annexes)

    def tell_missing(self, content: Content) -> None:
        for name in names.CUSTOMARY:
            if self.layout.section(name) is None:
                self.findings.add("section_missing", "document", section=name)
        for section in self.layout.sections:
            if len(section.names) > 1:
                merged = ", ".join(section.names)
                self.findings.add("sections_merged", section.place, sections=merged)
        if not content.items:
            self.findings.add("content_not_structured", content.place or "document")
            return
        for name in items.CUSTOMARY:
            if name not in content.items:
                self.findings.add("item_missing", content.place, item=name)
        if content.loose:
            self.findings.add("text_not_assigned", content.place, text=content.loose[0])

    def tell_unknown_tables(self) -> None:
        tables = (block for block in self.layout.blocks() if isinstance(block, Table))
        for table in tables:
            if table in self.known or self.layout.kind(table) or len(item_rows(table)) >= 2:
                continue
            words = next((flow(cell.lines) for cell in table.cells() if cell.lines), "")
            self.findings.add("unknown_table", f"table {table.number}", text=words)


def _text(section: Section | None) -> str:
    return "\n".join(lines_of(section)) if section else ""


def _purpose_and_scope(section: Section) -> tuple[str, str]:
    """Tell purpose and scope apart where they share a heading."""
    scope = [line for line in lines_of(section) if _SCOPE.search(key(line))]
    purpose = [line for line in lines_of(section) if line not in scope]
    return "\n".join(purpose), "\n".join(scope)
