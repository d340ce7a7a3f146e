"""Sheets that are held in memory, for the rarer formats: streaming them would pay nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingestion.pricegrid.cells.grid import Cell, Merge, Style
from ingestion.pricegrid.cells.struck_out import lifted, struck_by_look
from ingestion.pricegrid.formats.limits import MERGES, Limits, NumberedRow
from ingestion.pricegrid.formats.refusals import refused
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.problems import files
from ingestion.pricegrid.records import Message

CHARACTERS = gettext_noop("characters")
_LOOKS = gettext_noop("cells in rows that look like no other row")
_SHOWN_COLUMNS = 256  # so far, empty cells keep their looks
CELLS_OF_A_ROW = 3  # so many cells more would take the memory that a row takes by itself
_Looks = tuple[Style | None, ...]


@dataclass
class HeldSheet:
    """A sheet that is filled from top to bottom by `add()` and `merge()`, which raise ListRefused beyond `limits`.

    `name` is what people call it; row and column numbers count from 1.
    """

    name: str
    limits: Limits
    state: str = "visible"
    is_text: bool = False
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    damaged_rows: dict[int, Message] = field(default_factory=dict)
    noted_rows: dict[int, tuple[Message, ...]] = field(default_factory=dict)
    struck_cells: dict[int, frozenset[int]] = field(default_factory=dict)
    held: list[NumberedRow] = field(default_factory=list)
    looks: dict[int, _Looks] = field(default_factory=dict)
    known_looks: dict[_Looks, _Looks] = field(default_factory=dict)
    cells: int = 0
    characters: int = 0
    look_cells: int = 0

    @property
    def row_count(self) -> int:
        return len(self.held)

    def rows(self) -> Iterator[NumberedRow]:
        return iter(self.held)

    def style(self, row: int, column: int) -> Style | None:
        looks = self.looks.get(row, ())
        return looks[column - 1] if column <= len(looks) else None

    def add(self, number: int, cells: Sequence[Cell], looks: Sequence[Style | None] = (), times: int = 1) -> None:
        """A row, or several alike, without the empty cells at the end; what is all empty is left out."""
        width = next((width for width in range(len(cells), 0, -1) if cells[width - 1] is not None), 0)
        if not width:
            return
        if number <= (self.held[-1][0] if self.held else 0):
            raise ValueError(f"row {number} comes after row {self.held[-1][0] if self.held else 0}")
        kept = list(cells[:width])
        if struck := lifted(kept, struck_by_look(looks)):
            self.struck_cells.update((number + offset, struck) for offset in range(times))
        self.check(number, kept, times)
        self.held.extend((number + offset, kept) for offset in range(times))
        if any(looks):
            shared = self.shared(tuple(looks[: max(width, _SHOWN_COLUMNS)]))
            self.looks.update((number + offset, shared) for offset in range(times))

    def check(self, number: int, cells: Sequence[Cell], times: int) -> None:
        """Before they are held."""
        limits = self.limits
        limits.check_columns(len(cells), number)
        limits.check_row_number(number + times - 1)
        limits.check_cells(number, cells)
        self.cells += (len(cells) + CELLS_OF_A_ROW) * times
        self.characters += sum(len(cell) for cell in cells if isinstance(cell, str))
        if self.cells > limits.held_cells:
            raise refused(files.TOO_MANY_CELLS, limit=limits.held_cells)
        limits.check_count(self.characters, limits.held_text, CHARACTERS, self.name)

    def shared(self, looks: _Looks) -> _Looks:
        known = self.known_looks.get(looks)
        if known is None:
            self.look_cells += len(looks)
            self.limits.check_count(self.look_cells, self.limits.looks, _LOOKS, self.name)
            known = self.known_looks[looks] = looks
        return known

    def merge(self, row: int, column: int, rows: int, columns: int) -> None:
        """A range by its first cell and its size."""
        if rows > 1 or columns > 1:
            self.merges.append(Merge(row, column, row + rows - 1, column + columns - 1))
            self.limits.check_count(len(self.merges), self.limits.merges, MERGES, self.name)

    def check_merges(self) -> None:
        """Once all rows are known: merges may reach far below the last of them."""
        last = self.held[-1][0] if self.held else 0
        cut = [merge._replace(last_row=min(merge.last_row, last)) for merge in self.merges if merge.first_row <= last]
        self.limits.check_merges(cut, self.name)


@dataclass
class HeldBook:
    """A book of such sheets; `kind` is what its content is called, `notes` what its reader had to assume.

    Raises ListRefused where the merged ranges of a sheet are too many.
    """

    kind: str
    sheets: Sequence[HeldSheet]
    notes: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        for sheet in self.sheets:
            sheet.check_merges()

    def close(self) -> None:
        """The file was closed when it had been read."""
