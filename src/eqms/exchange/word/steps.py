"""Work steps: who does what, and how long it may take in each case."""

from dataclasses import dataclass
from dataclasses import field
from eqms.domain.durations import parse_duration
from eqms.exchange.word.blocks import Cell
from eqms.exchange.word.blocks import Table
from eqms.exchange.word.findings import Findings
from eqms.exchange.word.model import Step
from eqms.exchange.word.tables import find_steps_head
from eqms.exchange.word.tables import Head
from eqms.exchange.word.text import flow
from eqms.exchange.word.text import key
from eqms.exchange.word.time_columns import read_time
from eqms.exchange.word.time_columns import read_time_columns
from eqms.exchange.word.time_columns import TimeColumn
import re


_STEP_WORD = re.compile(r"(?:bước|b)\s*0*(?P<number>\d+)\s*[:.)\-–]*\s*", re.I)
_NUMBER = re.compile(r"(?:bước|b)?\s*0*(?P<number>\d+(?:\.\d+)*|[a-zđ])\s*[.):/\-–]*", re.I)
_TOTAL = re.compile(r"tổng( cộng| thời gian| số)?\b")


@dataclass
class StepTable:
    """A table of steps: its head, its time columns, and the row its steps end before.

    ``case`` is the caption above it, where a procedure has several tables; ``totals`` are the
    durations in a row of totals, by time column; ``pages`` are all tables of Word it is made of.
    """

    table: Table
    head: Head
    columns: list[TimeColumn]
    end: int
    case: str = ""
    totals: dict[int, str] = field(default_factory=dict)
    pages: list[Table] = field(default_factory=list)

    def take_over(self, page: Table) -> None:
        """Continue with the rows of a table that goes on with this one."""
        self.pages.append(page)
        self.table.append(page)
        self.end = len(self.table.grid)


def as_step_table(table: Table) -> StepTable | None:
    """*table* as a step table, if its head says that it is one."""
    head = find_steps_head(table)
    if head is None:
        return None
    return StepTable(table, head, read_time_columns(head), len(table.grid), pages=[table])


def in_case(column: TimeColumn | None) -> str:
    """The tail of a message that names the case, or nothing for an ordinary case."""
    return f" in the case “{column.label}”" if column is not None and column.label else ""


def read_steps(tables: list[StepTable], note_unit: str | None, findings: Findings) -> list[Step]:
    """Read all step tables. The time columns of all of them, in order, are the scenarios."""
    width = sum(len(each.columns) for each in tables)
    steps: list[Step] = []
    first = 0
    for each in tables:
        steps += _Rows(each, note_unit, findings, len(steps), first, width).read()
        first += len(each.columns)
    return steps


class _Rows:
    """Reads the rows of one table; *before* steps and *first* scenarios precede it."""

    def __init__(
        self,
        source: StepTable,
        note_unit: str | None,
        findings: Findings,
        before: int,
        first: int,
        width: int,
    ) -> None:
        self.source = source
        self.table = source.table
        self.note_unit = note_unit
        self.findings = findings
        self.before = before
        self.first = first
        self.width = width
        self.case = source.case
        self.steps: list[Step] = []
        self.rows: list[int] = []
        self.numbers: dict[int | str, Cell | None] = {}
        self.carriers: dict[tuple[int, Cell], list[int]] = {}

    def read(self) -> list[Step]:
        for row in range(self.source.head.end, self.source.end):
            cells = self.table.row(row)
            if self._is_furniture(cells):
                continue
            if _TOTAL.match(key(next(cell.text for cell in cells if cell.text))):
                self._note_total(row)
            elif len(cells) == 1:
                self.case = flow(cells[0].lines)
                self.numbers.clear()
            else:
                self._read_row(row)
        self._tell_groups()
        return self.steps

    def _is_furniture(self, cells: list[Cell]) -> bool:
        """Empty rows, the head repeated on the next page, and the row "(1) (2) (3)"."""
        texts = [key(cell.text) for cell in cells]
        heads = {key(cell.text) for words in self.source.head.words.values() for cell in words}
        counted = [str(number) for number in range(1, len(texts) + 1)]
        return set(texts) <= heads | {""} or [text.strip("()") for text in texts] == counted

    def _note_total(self, row: int) -> None:
        for index, column in enumerate(self.source.columns):
            cell = self.table.at(row, column.column)
            if cell is not None and parse_duration(cell.text):
                self.source.totals[index] = flow(cell.lines)

    def _read_row(self, row: int) -> None:
        title = self._cell(row, "title")
        if self.steps and title is not None and title.row < row and title.row == self.rows[-1]:
            self._continue_step(row)
            return
        step = Step(
            number=None,
            title="" if title is None else "\n".join(title.lines),
            responsible=self._text(row, "responsible"),
            durations=[None] * self.width,
            timed_with=[None] * self.width,
            scenarios=list(range(self.first, self.first + len(self.source.columns))),
            coordinating=self._text(row, "coordinating"),
            output=self._text(row, "form"),
            case=self.case,
            place=self.table.place(row),
        )
        self._set_number(step, row)
        self.steps.append(step)
        self.rows.append(row)
        if not step.title:
            self.findings.add("row_not_understood", step.place, text=self._row_text(row))
        elif not step.responsible:
            self.findings.add("step_responsible_missing", step.place)
        for index, column in enumerate(self.source.columns):
            self._set_time(step, row, self.first + index, column)

    def _continue_step(self, row: int) -> None:
        """A row under the same title: one step that several people do."""
        step = self.steps[-1]
        added = self._text(row, "responsible")
        if added and added not in step.responsible.split("\n"):
            step.responsible = f"{step.responsible}\n{added}".strip()
        for index, column in enumerate(self.source.columns):
            cell = self.table.at(row, column.column)
            if cell is not None and cell.row == row and cell.text:
                step.durations[self.first + index] = None
                self.findings.add(
                    "time_not_understood",
                    self.table.place(row),
                    text=flow(cell.lines),
                    scenario=in_case(column),
                )

    def _set_number(self, step: Step, row: int) -> None:
        cell = self._cell(row, "number")
        step.number = None if cell is None else _number(cell)
        if (found := _STEP_WORD.match(step.title)) and cell is None:
            step.number = int(found["number"])
            step.title = step.title[found.end() :]
        if step.number is None:
            self.findings.add("step_number_missing", step.place)
        elif self.numbers.setdefault(step.number, cell) is not cell:
            self.findings.add("step_number_duplicated", step.place, number=step.number)

    def _set_time(self, step: Step, row: int, scenario: int, column: TimeColumn) -> None:
        cell = self.table.at(row, column.column)
        case = in_case(column)
        here = self.before + len(self.steps) - 1
        if cell is None or not cell.text:
            self.findings.add("step_time_missing", step.place, scenario=case)
            return
        group = self.carriers.setdefault((scenario, cell), [])
        group.append(here)
        if len(group) > 1:
            step.timed_with[scenario] = group[0]
            return
        text = flow(cell.lines)
        duration, by_note = read_time(text, column, self.note_unit)
        step.durations[scenario] = duration
        if duration is None:
            self.findings.add("time_not_understood", step.place, text=text, scenario=case)
        elif by_note:
            self.findings.add("time_unit_from_note", step.place, text=text, unit=duration.unit)

    def _tell_groups(self) -> None:
        for (scenario, cell), group in self.carriers.items():
            if len(group) > 1:
                column = self.source.columns[scenario - self.first]
                self.findings.add(
                    "time_for_group",
                    self.steps[group[0] - self.before].place,
                    text=flow(cell.lines),
                    count=len(group),
                    scenario=in_case(column),
                )

    def _cell(self, row: int, role: str) -> Cell | None:
        column = self.source.head.column(role)
        return None if column is None else self.table.at(row, column)

    def _text(self, row: int, role: str) -> str:
        cell = self._cell(row, role)
        return "" if cell is None else flow(cell.lines)

    def _row_text(self, row: int) -> str:
        return " | ".join(flow(cell.lines) for cell in self.table.row(row) if cell.text)


def _number(cell: Cell) -> int | str | None:
    """The printed number of a step, typed or automatic; plain numbers as such, "2.1" as text."""
    label = next((each.label for each in cell.paragraphs if each.label not in {"", "-"}), "")
    if (found := _NUMBER.fullmatch(key(cell.text) or key(label))) is None:
        return None
    return int(found["number"]) if found["number"].isdecimal() else found["number"]
