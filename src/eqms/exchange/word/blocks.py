"""What a reader of the printed document sees: paragraphs and tables."""

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from eqms.exchange.word.text import clean


@dataclass
class Paragraph:
    """One paragraph; ``label`` is the number or bullet Word puts before it by itself.

    ``pieces`` are its words with their emphasis ("", "b", "i", "bi"); ``position`` is that of the
    element of the body it stands in, from 0.
    """

    raw: str
    label: str = ""
    style: str = ""
    in_contents: bool = False
    pieces: tuple[tuple[str, str], ...] = ()
    position: int = 0
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = clean(self.raw)

    @property
    def line(self) -> str:
        """The text with the automatic label, as printed."""
        return f"{self.label} {self.text}".strip() if self.text else ""


@dataclass(eq=False)
class Cell:
    """A cell of a table, which may cover several rows and columns."""

    row: int
    column: int
    colspan: int
    blocks: list["Block"]
    rowspan: int = 1

    @property
    def paragraphs(self) -> list[Paragraph]:
        """Paragraphs of the cell, those of tables inside it included."""
        return list(flat_paragraphs(self.blocks))

    @property
    def lines(self) -> list[str]:
        """Lines as printed, empty ones left out."""
        lines = (line for paragraph in self.paragraphs for line in paragraph.line.split("\n"))
        return [line for line in lines if line]

    @property
    def text(self) -> str:
        """Typed text, lines kept."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs if paragraph.text)


@dataclass(eq=False)
class Table:
    """A table as a grid: a merged cell stands at every place it covers, ``None`` is no cell.

    ``position`` is that of the element of the body it is, or stands in, from 0.
    """

    number: int
    grid: list[list[Cell | None]]
    position: int = 0

    @property
    def width(self) -> int:
        """Number of columns."""
        return max(map(len, self.grid), default=0)

    def row(self, index: int) -> list[Cell]:
        """The different cells of a row, from left to right."""
        return list(dict.fromkeys(cell for cell in self.grid[index] if cell is not None))

    def cells(self) -> list[Cell]:
        """The different cells of the table, in reading order."""
        return list(
            dict.fromkeys(cell for index in range(len(self.grid)) for cell in self.row(index))
        )

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place, if any."""
        if not (0 <= row < len(self.grid) and 0 <= column < len(self.grid[row])):
            return None
        return self.grid[row][column]

    def place(self, row: int) -> str:
        """The place of a row as a person would point at it."""
        return f"table {self.number}, row {row + 1}"

    def append(self, other: "Table") -> None:
        """Take over the rows of the table that continues this one on the next page."""
        below = len(self.grid)
        for cell in other.cells():
            cell.row += below
        self.grid += other.grid


Block = Paragraph | Table


def flat_paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """All paragraphs, those in tables included."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for cell in block.cells():
                yield from flat_paragraphs(cell.blocks)
