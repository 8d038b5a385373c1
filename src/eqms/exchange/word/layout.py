"""The document laid out: cover, sections, and the annexes after them."""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from eqms.exchange.word import sections as names
from eqms.exchange.word.annexes import starts_annex
from eqms.exchange.word.blocks import Block
from eqms.exchange.word.blocks import Paragraph
from eqms.exchange.word.blocks import Table
from eqms.exchange.word.items import starts_item
from eqms.exchange.word.sections import Section
from eqms.exchange.word.sections import split_sections
from eqms.exchange.word.tables import kind_of
from eqms.exchange.word.tables import lists_records
from eqms.exchange.word.tables import RECORDS


@dataclass
class Layout:
    """A document cut into its cover, its sections and its annexes."""

    front: list[Block]
    sections: list[Section]
    annexes: list[Block]
    _kinds: dict[Table, str | None] = field(default_factory=dict)

    def kind(self, table: Table) -> str | None:
        """The kind of a table, told once."""
        if table not in self._kinds:
            self._kinds[table] = kind_of(table)
        return self._kinds[table]

    def section(self, name: str) -> Section | None:
        """The section of a name, if the document has it."""
        return next((section for section in self.sections if name in section.names), None)

    def blocks(self) -> Iterator[Block]:
        """Everything but the annexes."""
        yield from self.front
        for section in self.sections:
            yield from section.blocks

    def tables(self, kind: str) -> list[Table]:
        """The tables of a kind outside the annexes."""
        return list(self._of_kind(self.blocks(), kind))

    def records_table(self) -> Table | None:
        """The table of records to keep: in its section, else anywhere, annexes included.

        In its section a table may do with the names of the records.
        """
        section = self.section(names.RECORDS)
        nearest = [] if section is None else section.blocks
        everywhere = (*nearest, *self.blocks(), *self.annexes)
        found = next(self._of_kind(everywhere, RECORDS), None)
        return found or next(filter(lists_records, self._of_kind(nearest, None)), None)

    def _of_kind(self, blocks: Iterable[Block], kind: str | None) -> Iterator[Table]:
        for block in blocks:
            if isinstance(block, Table) and self.kind(block) == kind:
                yield block


def lay_out(blocks: Sequence[Block]) -> Layout:
    """Cut the blocks of a document into cover, sections and annexes."""
    cut = split_sections(blocks)
    annexes: list[Block] = []
    for section in cut.parts:
        end = _end(section)
        annexes += section.blocks[end:]
        del section.blocks[end:]
    layout = Layout(cut.front, cut.parts, annexes)
    if layout.section(names.CONTENT) is None:
        _imply_content(layout)
    return layout


def _end(section: Section) -> int:
    """Where the annexes begin in a section: behind the table of records at the next title."""
    behind = False
    for index, block in enumerate(section.blocks):
        if starts_annex(block) or (behind and _is_title(block)):
            return index
        behind = behind or (isinstance(block, Table) and names.RECORDS in section.names)
    return len(section.blocks)


def _is_title(block: Block) -> bool:
    return isinstance(block, Table) or block.text.isupper()


def _imply_content(layout: Layout) -> None:
    """Without a heading the content begins at the first line that is one of its items."""
    for position, section in enumerate(layout.sections):
        for index, block in enumerate(section.blocks):
            if isinstance(block, Paragraph) and block.line and starts_item(block.line):
                content = Section((names.CONTENT,), "", section.blocks[index:])
                del section.blocks[index:]
                layout.sections.insert(position + 1, content)
                return
