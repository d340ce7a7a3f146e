"""How much a file may hold: refused before it is unpacked or held in memory, with what to do about it.

All limits are far above what price lists hold, and so low that a reader within them needs some hundred megabytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingestion.pricegrid.cells.blocks import Block
from ingestion.pricegrid.cells.grid import Cell, Merge
from ingestion.pricegrid.cells.letters import column_letter
from ingestion.pricegrid.formats.refusals import refused
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.problems import files
from ingestion.pricegrid.records import Message

MERGES = gettext_noop("merged ranges")
MERGED_ROWS = gettext_noop("rows in merged ranges")
FAR_RIGHT = 64  # columns: a value that is carried down there takes all the cells before it
MERGES_IN_ROW = gettext_noop("merged ranges in one row")
KILOBYTE = 1024
MEGABYTE = 1024 * 1024
NumberedRow = tuple[int, Sequence[Cell]]


@dataclass(frozen=True)
class Limits:
    unpacked: int = 1024 * MEGABYTE
    """Bytes that all members of an archive together may unpack to."""

    unpacked_small: int = 100 * MEGABYTE
    """Unpacked bytes beyond this are refused when they are also `ratio` times the packed ones."""

    ratio: int = 100
    """By how much a large archive may be packed; sheets pack to a tenth or a thirtieth."""

    members: int = 10_000
    """Members of an archive; a workbook has a few for each sheet, and one for each picture."""

    directory: int = 4 * MEGABYTE
    """Bytes of an archive's list of members, which is held in memory."""

    part: int = 4 * MEGABYTE
    """Bytes of a small part that is read as a whole, such as a manifest or relationships."""

    rows: int = 2_000_000
    """Rows of a sheet, and the highest number of a row: twice what Excel has."""

    columns: int = 16_384
    """Columns of a sheet: what Excel has."""

    cells: int = 50_000_000
    """Cells of a sheet, empty ones between others included."""

    held_cells: int = 4_000_000
    """Cells of a sheet in the formats whose sheets are held in memory."""

    held_text: int = 96 * MEGABYTE
    """Characters of a sheet in the formats whose sheets are held in memory."""

    cell: int = 131_072
    """Characters of a cell: four times what Excel allows, and what Python's csv module does."""

    row_bytes: int = 8 * MEGABYTE
    """Bytes from one row, style or shared string of a workbook to the next."""

    piece: int = 4 * MEGABYTE
    """Bytes from one tag of XML or HTML to the next: a text, a tag with its attributes, a comment."""

    elements: int = 400_000
    """XML elements and attributes of one row or style."""

    passed: int = 1_000_000
    """XML elements that are neither rows nor anything else that is read."""

    depth: int = 200
    """How deep elements of XML or HTML may stand inside one another."""

    line: int = 1 * MEGABYTE
    """Bytes of a line of text."""

    reread: int = 32 * MEGABYTE
    """Characters of a text that are read again because a quotation mark was never closed."""

    strings: int = 320 * MEGABYTE
    """Bytes of memory for the shared strings of a workbook."""

    styles: int = 100_000
    """Styles, fonts, fills or number formats of a workbook; Excel has 65,490."""

    format_code: int = 2_000
    """Characters of a number format; Excel allows 255."""

    looks: int = 4_000_000
    """Cells in rows that look like no other row, whose looks are held in memory."""

    sheets: int = 1_000
    """Sheets of a workbook."""

    merges: int = 300_000
    """Merged ranges of a sheet."""

    merged_rows: int = 10_000_000
    """Rows of all merged ranges of a sheet together: so often a value may be carried down."""

    record: int = 4 * MEGABYTE
    """Bytes of a record of XLSB."""

    def counted(self, rows: Iterable[NumberedRow]) -> Iterator[NumberedRow]:
        """The rows as they come, until there are too many of them."""
        cells = 0
        for seen, row in enumerate(rows, 1):
            cells += len(row[1])
            self.check(seen, cells)
            yield row

    def counted_blocks(self, blocks: Iterable[Block]) -> Iterator[Block]:
        rows = cells = 0
        for block in blocks:
            widths = list(map(len, block.cells))
            rows += len(widths)
            cells += sum(widths)
            self.check(rows, cells)
            if max(widths, default=0) > self.columns:
                at = next(at for at, width in enumerate(widths) if width > self.columns)
                self.check_columns(widths[at], block.numbers[at])
            yield block

    def check(self, rows: int, cells: int) -> None:
        if rows > self.rows:
            raise refused(files.TOO_MANY_ROWS, limit=self.rows)
        if cells > self.cells:
            raise refused(files.TOO_MANY_CELLS, limit=self.cells)

    def check_row_number(self, number: int) -> None:
        if number > self.rows:
            raise refused(files.TOO_MANY_ROWS, limit=self.rows)

    def check_columns(self, columns: int, row: int) -> None:
        if columns > self.columns:
            raise refused(files.TOO_MANY_COLUMNS, columns=columns, row=row, limit=self.columns)

    def check_cells(self, number: int, cells: Sequence[Cell]) -> None:
        """No cell of a row is too long."""
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and len(cell) > self.cell:
                params = {"row": number, "column": column_letter(column), "length": len(cell), "limit": self.cell}
                raise refused(files.LONG_CELL, **params)

    def check_merges(self, merges: Sequence[Merge], place: str) -> None:
        self.check_count(len(merges), self.merges, MERGES, place)
        rows = sum((merge.last_row - merge.first_row) * (1 + merge.first_col // FAR_RIGHT) for merge in merges)
        self.check_count(rows, self.merged_rows, MERGED_ROWS, place)
        self.check_count(most_in_a_row(merges), self.columns, MERGES_IN_ROW, place)

    def check_text(self, length: int, place: str) -> None:
        """A text that no row is known of yet, such as a shared string."""
        if length > self.cell:
            raise refused(files.TOO_LONG, place=place, limit=self.cell)

    def check_count(self, count: int, limit: int, things: str, place: str) -> None:
        """`things` is a text for translation."""
        if count > limit:
            raise refused(files.TOO_MANY, things=Message(things), place=place, limit=limit)


def most_in_a_row(merges: Sequence[Merge]) -> int:
    """How many ranges reach one row at the most: where they do not overlap, no more than there are columns."""
    ends = sorted(merge.last_row for merge in merges)
    most = ended = 0
    for begun, first in enumerate(sorted(merge.first_row for merge in merges), 1):
        while ends[ended] < first:
            ended += 1
        most = max(most, begun - ended)
    return most


DEFAULT_LIMITS = Limits()
