"""One worksheet: its rows as a stream, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from ingestion.pricegrid.cells.blocks import Block
from ingestion.pricegrid.cells.grid import Cell, Merge, Style
from ingestion.pricegrid.cells.letters import column_index
from ingestion.pricegrid.cells.struck_out import lifted
from ingestion.pricegrid.formats.limits import MERGES, Limits, NumberedRow
from ingestion.pricegrid.formats.refusals import refusing_damage
from ingestion.pricegrid.formats.spans import numbers_in
from ingestion.pricegrid.formats.xlsx.cells import ATTRIBUTE, COLUMN_INDEXES, Readers, RowCutter, RowLooks, look
from ingestion.pricegrid.formats.xlsx.package import Package
from ingestion.pricegrid.formats.xlsx.texts import find_prefix
from ingestion.pricegrid.formats.xml import whole_number

# None of them goes past the next `<`: they take time in proportion to what they are given.
LAST_ROW_NUMBER = re.compile(rb'\br="([0-9]{1,18})"')
ROW_TAG = re.compile(rb"<(?:\w++:)?row\b[^<>]*+")
COLUMN_TAG = re.compile(r"<(?:\w++:)?col\b([^<>]*+)>")
MERGE_TAG = re.compile(r"<(?:\w++:)?mergeCell\b([^<>]*+)>")
REFERENCE = re.compile(
    r"\$?(?P<left>[A-Za-z]{1,3})?\$?(?P<top>\d+)?(?P<colon>:\$?(?P<right>[A-Za-z]{1,3})?\$?(?P<bottom>\d+)?)?"
)
_SHOWN = ("0", "false", "")
_LAST_ROW = 1_048_576
FARTHEST = 1024  # columns after the first hidden one that anybody could mean
CELLS_AT_ONCE = 300_000


class Surroundings:
    """What the XML says before, beside and after the rows; read in one pass, only when somebody asks."""

    def __init__(self, blocks: Iterator[bytes], prefix: str, place: str, limits: Limits) -> None:
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.row_count, last_row, tail = 0, _LAST_ROW, b""
        row_tag, row_end = f"<{prefix}row ".encode(), f"</{prefix}row>".encode()
        for block in blocks:
            if self.row_count == 0:
                columns = COLUMN_TAG.findall(block.decode("utf-8", "replace"))
                self.hidden_columns.update(numbers_in(hidden_spans(columns), limits.columns))
            self.row_count += block.count(row_end)
            last = block.rfind(row_tag)
            if last >= 0 and (found := LAST_ROW_NUMBER.search(block, last)):
                last_row = int(found[1])
            if b'hidden="' in block:
                self.hidden_rows.update(hidden_rows(block))
            tail = block
        tags = MERGE_TAG.findall(tail.decode("utf-8", "replace"))
        limits.check_count(len(tags), limits.merges, MERGES, place)
        references = (dict(ATTRIBUTE.findall(attributes)).get("ref", "") for attributes in tags)
        merges = (merge(reference, last_row) for reference in references if reference)
        self.merges = [area for area in merges if area.first_row <= area.last_row]
        limits.check_merges(self.merges, place)


def hidden_rows(block: bytes) -> Iterator[int]:
    for tag in ROW_TAG.findall(block):
        if b"hidden=" in tag:
            given = dict(ATTRIBUTE.findall(tag.decode("utf-8", "replace")))
            is_folded = given.get("outlineLevel", "0") != "0"
            if given.get("hidden", "0") not in _SHOWN and not is_folded and given.get("r", "").isdecimal():
                yield whole_number(given["r"], 1, _LAST_ROW)


def hidden_spans(columns: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Of the columns that are hidden; the last one of all stands for "and all that follow"."""
    for attributes in columns:
        given = dict(ATTRIBUTE.findall(attributes))
        if given.get("hidden", "0") not in _SHOWN:
            first, last = (whole_number(given.get(end, "0"), 0, _LAST_ROW) for end in ("min", "max"))
            yield first, min(last, first + FARTHEST)


def merge(reference: str, last: int) -> Merge:
    """A range, cut off below the last row: files merge columns down to row 1,048,576.

    `B2:D7`, `B2` (which reaches no further), `B:D` and `2:7` (of which the first cell alone counts).
    """
    found = REFERENCE.fullmatch(reference[:60])
    if found is None or (found["colon"] and not is_range(*found.group("left", "right", "top", "bottom"))):
        raise ValueError(f"{reference[:60]} is not a valid coordinate or range")
    left, right = column_number(found["left"]), column_number(found["right"] or found["left"])
    top, bottom = int(found["top"] or 1), int(found["bottom"] or found["top"] or 1)
    return Merge(top or 1, left, min(bottom or 1, last), right)


def is_range(left: str | None, right: str | None, top: str | None, bottom: str | None) -> bool:
    """Both ends say a column, a row, or both."""
    return bool(left) == bool(right) and bool(top) == bool(bottom) and bool(left or top)


def column_number(letters: str | None) -> int:
    return 1 + ((column_index(letters) or 0) if letters else 0)


class Worksheet:
    is_text = False

    def __init__(self, package: Package, part: str, name: str, state: str, readers: Readers, limits: Limits) -> None:
        self.package, self.part, self.name, self.state = package, part, name, state
        self.readers, self.limits = readers, limits
        self.row_looks: dict[int, RowLooks] = {}
        self.struck_cells: dict[int, frozenset[int]] = {}

    @cached_property
    def prefix(self) -> str:
        return find_prefix(self.package, self.part)

    @cached_property
    def surroundings(self) -> Surroundings:
        with refusing_damage("xlsx"):
            blocks = self.package.byte_blocks(self.part, self.row_end, self.row_start)
            return Surroundings(blocks, self.prefix, self.part, self.limits)

    @property
    def merges(self) -> Sequence[Merge]:
        return self.surroundings.merges

    @property
    def hidden_rows(self) -> set[int]:
        return self.surroundings.hidden_rows

    @property
    def hidden_columns(self) -> set[int]:
        return self.surroundings.hidden_columns

    @property
    def row_count(self) -> int:
        return self.surroundings.row_count

    @property
    def row_end(self) -> str:
        return f"</{self.prefix}row>"

    @property
    def row_start(self) -> str:
        return f"<{self.prefix}row "

    def rows(self) -> Iterator[NumberedRow]:
        for block in self.row_blocks():
            yield from zip(block.numbers, block.cells, strict=True)

    def row_blocks(self) -> Iterator[Block]:
        with refusing_damage("xlsx"):
            yield from self.limits.counted_blocks(self.read())

    def read(self) -> Iterator[Block]:
        number, text = 0, ""
        cutter = RowCutter(self.prefix, self.readers, self.limits)
        for text in self.package.blocks(self.part, self.row_end, self.row_start):
            numbers: list[int] = []
            rows: list[list[Cell]] = []
            room = CELLS_AT_ONCE
            for given, cells, looks in cutter.rows(text):
                if given is not None and given <= number:
                    raise ValueError(f"row {given} comes after row {number}")
                number = given or number + 1
                if cells:
                    numbers.append(number)
                    rows.append(cells)
                    room -= len(cells)
                    if looks:
                        self.row_looks[number] = looks
                    if self.readers.may_be_struck and (struck := lifted(cells, self.readers.struck(looks))):
                        self.struck_cells[number] = struck
                    if room < 0:  # cells far to the right
                        yield self.block(text, numbers, rows)
                        numbers, rows, room = [], [], CELLS_AT_ONCE
            self.limits.check_row_number(number)
            if rows:
                yield self.block(text, numbers, rows)
        if cutter.root_end not in text:
            raise ValueError("the sheet ends early")

    def block(self, text: str, numbers: list[int], rows: list[list[Cell]]) -> Block:
        if len(text) > self.limits.cell:  # else no cell can be too long
            for number, cells in zip(numbers, rows, strict=True):
                self.limits.check_cells(number, cells)
        return Block(numbers, rows)

    def style(self, row: int, column: int) -> Style | None:
        """Of the rows that were gone through and held something; there, also of the empty cells."""
        for letters, attributes in self.row_looks.get(row, ()):
            if COLUMN_INDEXES[letters] == column - 1:
                index, styles = look(attributes).style, self.readers.styles
                return styles[index] if index < len(styles) else None
        return None
