"""The grid of cells that every reader produces and `understand()` reads: rows count from 1, as the person sees them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import NamedTuple, Protocol

from ingestion.pricegrid.records import Message


class CellError(str):
    """What a spreadsheet shows in place of a value, such as `#DIV/0!`."""

    __slots__ = ()


class Formula(str):
    """The text of a formula whose result the file does not hold: nobody computed it yet."""

    __slots__ = ()


Cell = str | int | float | bool | datetime | date | time | CellError | Formula | None


class Style(NamedTuple):
    """How a cell looks: `number_format` as in Excel, `fill` as RRGGBB (None: white), `font_size` in points."""

    number_format: str = "General"
    bold: bool = False
    fill: str | None = None
    indent: int = 0
    font_size: float = 11.0
    italic: bool = False
    struck_out: bool = False


class Merge(NamedTuple):
    """A merged range, 1-based, both ends inclusive."""

    first_row: int
    first_col: int
    last_row: int
    last_col: int


class Sheet(Protocol):
    """A grid of cells; rows and columns count from 1 where their numbers are given, as people see them."""

    @property
    def name(self) -> str: ...

    @property
    def state(self) -> str:
        """One of visible, hidden, very_hidden."""

    @property
    def is_text(self) -> bool:
        """Every value is a string, as in a CSV: numbers are still to be read."""

    @property
    def row_count(self) -> int | None:
        """Rows that `rows()` will go through, for progress; None where only reading tells."""

    @property
    def merges(self) -> Sequence[Merge]: ...

    @property
    def hidden_rows(self) -> set[int]:
        """Filtered away or hidden by hand; rows of a group that is folded up are not among them."""

    @property
    def hidden_columns(self) -> set[int]: ...

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Row number and cells from column A, in order; empty rows may be left out. Every call starts again."""

    def style(self, row: int, column: int) -> Style | None:
        """How a cell looks; None where the reader knows no styles, or none of this cell."""


class Book(Protocol):
    """The sheets of a file that is open until `close()`."""

    @property
    def kind(self) -> str:
        """What the content is: xlsx, xls, xlsb, ods, csv, html, xml, ..."""

    @property
    def sheets(self) -> Sequence[Sheet]: ...

    @property
    def notes(self) -> Sequence[Message]:
        """What the reader had to assume or could not see, for people."""

    def close(self) -> None: ...
