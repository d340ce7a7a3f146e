"""Sheets that are held in memory, for the rarer formats: streaming them would pay nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingestion.parsers.formats.limits import Limits, Row
from ingestion.parsers.formats.refusals import TOO_MANY_CELLS, refused
from ingestion.sheet.grid import Cell, Merge, Style
from ingestion.sheet.records import Message

Looks = tuple[Style | None, ...]


@dataclass
class HeldSheet:
    name: str
    limits: Limits
    state: str = "visible"
    is_text: bool = False
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    held: list[Row] = field(default_factory=list)
    looks: dict[int, Looks] = field(default_factory=dict)
    known_looks: dict[Looks, Looks] = field(default_factory=dict)
    cells: int = 0

    @property
    def row_count(self) -> int:
        return len(self.held)

    def rows(self) -> Iterator[Row]:
        return iter(self.held)

    def style(self, row: int, column: int) -> Style | None:
        looks = self.looks.get(row, ())
        return looks[column - 1] if column <= len(looks) else None

    def add(self, number: int, cells: Sequence[Cell], looks: Sequence[Style | None] = ()) -> None:
        """A row, without the empty cells at its end; one that is all empty is left out."""
        if any(looks):
            shared = tuple(looks)
            self.looks[number] = self.known_looks.setdefault(shared, shared)
        width = next((width for width in range(len(cells), 0, -1) if cells[width - 1] is not None), 0)
        if not width:
            return
        self.cells += width
        if self.cells > self.limits.held_cells:
            raise refused(TOO_MANY_CELLS, limit=self.limits.held_cells)
        self.held.append((number, list(cells[:width])))

    def merge(self, row: int, column: int, rows: int, columns: int) -> None:
        """A range by its first cell and its size."""
        if rows > 1 or columns > 1:
            self.merges.append(Merge(row, column, row + rows - 1, column + columns - 1))


@dataclass
class HeldBook:
    kind: str
    sheets: Sequence[HeldSheet]
    notes: list[Message] = field(default_factory=list)

    def close(self) -> None:
        """The file was closed when it had been read."""
