"""One worksheet: its rows as a stream, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain

from openpyxl.utils import range_boundaries

from ingestion.parsers.formats.limits import Limits, Row
from ingestion.parsers.formats.refusals import refusing_damage
from ingestion.parsers.formats.xlsx.cells import ATTRIBUTE, COLUMNS, Readers, RowCutter, RowLooks, look
from ingestion.parsers.formats.xlsx.package import Package
from ingestion.parsers.formats.xlsx.texts import find_prefix
from ingestion.sheet.blocks import Block
from ingestion.sheet.grid import Cell, Merge, Style

LAST_ROW_NUMBER = re.compile(rb'\br="(\d+)"')
HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
HIDDEN_COLUMNS = re.compile(r'<(?:\w+:)?col\b(?=[^>]*\bhidden="(?:1|true)")([^>]*)>')
MERGE = re.compile(r'<(?:\w+:)?mergeCell\b[^>]*\bref="([^"]+)"')
ROOT = re.compile(r"<(?:\w+:)?worksheet\b[^>]*>")
LAST_ROW = 1_048_576
FARTHEST = 1024  # columns after the first hidden one that anybody could mean


class Surroundings:
    """What the XML says before, beside and after the rows; read in one pass, only when somebody asks."""

    def __init__(self, blocks: Iterator[bytes], prefix: str) -> None:
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.row_count, last_row, tail = 0, LAST_ROW, b""
        row_tag, row_end = f"<{prefix}row ".encode(), f"</{prefix}row>".encode()
        for block in blocks:
            if self.row_count == 0:
                columns = HIDDEN_COLUMNS.findall(block.decode("utf-8", "replace"))
                self.hidden_columns = set(chain.from_iterable(map(column_span, columns)))
            self.row_count += block.count(row_end)
            last = block.rfind(row_tag)
            if last >= 0 and (found := LAST_ROW_NUMBER.search(block, last)):
                last_row = int(found[1])
            if b'hidden="' in block:
                self.hidden_rows.update(map(int, HIDDEN_ROW.findall(block)))
            tail = block
        merges = (merge(reference, last_row) for reference in MERGE.findall(tail.decode("utf-8", "replace")))
        self.merges = [area for area in merges if area.first_row <= area.last_row]


def column_span(attributes: str) -> range:
    """Of the columns that are hidden; the last one of all stands for "and all that follow"."""
    given = dict(ATTRIBUTE.findall(attributes))
    first, last = int(given.get("min", "0")), int(given.get("max", "0"))
    return range(first, min(last, first + FARTHEST) + 1)


def merge(reference: str, last: int) -> Merge:
    """A range, cut off below the last row: files merge columns down to row 1,048,576."""
    first_col, first_row, last_col, last_row = range_boundaries(reference)
    return Merge(first_row or 1, first_col or 1, min(last_row or 1, last), last_col or 1)


class Worksheet:
    is_text = False

    def __init__(self, package: Package, part: str, name: str, state: str, readers: Readers, limits: Limits) -> None:
        self.package, self.part, self.name, self.state = package, part, name, state
        self.readers, self.limits = readers, limits
        self.row_looks: dict[int, RowLooks] = {}

    @cached_property
    def prefix(self) -> str:
        return find_prefix(self.package, self.part)

    @cached_property
    def surroundings(self) -> Surroundings:
        with refusing_damage("xlsx"):
            return Surroundings(self.package.byte_blocks(self.part, self.row_end), self.prefix)

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

    def rows(self) -> Iterator[Row]:
        for block in self.row_blocks():
            yield from zip(block.numbers, block.cells, strict=True)

    def row_blocks(self) -> Iterator[Block]:
        with refusing_damage("xlsx"):
            yield from self.limits.counted_blocks(self.read())

    def read(self) -> Iterator[Block]:
        number, text = 0, ""
        texts = self.package.blocks(self.part, self.row_end)
        first = next(texts)
        root = found[0] if (found := ROOT.search(first)) else f"<{self.prefix}worksheet>"
        cutter = RowCutter(self.prefix, root, self.readers)
        for text in chain([first], texts):
            numbers: list[int] = []
            rows: list[list[Cell]] = []
            for given, cells, looks in cutter.rows(text):
                number = number + 1 if given is None else given
                if cells:
                    numbers.append(number)
                    rows.append(cells)
                    if looks:
                        self.row_looks[number] = looks
            if rows:
                yield Block(numbers, rows)
        if cutter.root_end not in text:
            raise ValueError("the sheet ends early")

    def style(self, row: int, column: int) -> Style | None:
        """Of the rows that were gone through and held something; there, also of the empty cells."""
        for letters, attributes in self.row_looks.get(row, ()):
            if COLUMNS[letters] == column - 1:
                index, styles = look(attributes).style, self.readers.styles
                return styles[index] if index < len(styles) else None
        return None
