"""One worksheet: its rows as a stream, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain
from operator import itemgetter

from openpyxl.utils import range_boundaries

from ingestion.parsers.formats.limits import Limits, Row
from ingestion.parsers.formats.refusals import refusing_damage
from ingestion.parsers.formats.xlsx.cells import ATTRIBUTE, Columns, RawCell, Readers, RowCutter, look
from ingestion.parsers.formats.xlsx.package import Package
from ingestion.parsers.formats.xlsx.texts import find_prefix, unescaped
from ingestion.sheet.grid import Cell, Formula, Merge, Style

ROW_NUMBER = re.compile(r'\br="(\d+)"')
HIDDEN_ROW = re.compile(r'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
HIDDEN_COLUMNS = re.compile(r'<(?:\w+:)?col\b(?=[^>]*\bhidden="(?:1|true)")([^>]*)>')
MERGE = re.compile(r'<(?:\w+:)?mergeCell\b[^>]*\bref="([^"]+)"')
ROOT = re.compile(r"<(?:\w+:)?worksheet\b[^>]*>")
RowLooks = tuple[tuple[str, str], ...]  # column letters and other attributes of each cell
LAST_ROW = 1_048_576
FARTHEST = 1024  # columns after the first hidden one that anybody could mean
look_of = itemgetter(0, 1)


class Surroundings:
    """What the XML says before, beside and after the rows; read in one pass, only when somebody asks."""

    def __init__(self, blocks: Iterator[str], prefix: str) -> None:
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.row_count, last_row, tail = 0, LAST_ROW, ""
        for block in blocks:
            if self.row_count == 0:
                self.hidden_columns = set(chain.from_iterable(map(column_span, HIDDEN_COLUMNS.findall(block))))
            self.row_count += block.count(f"</{prefix}row>")
            last = block.rfind(f"<{prefix}row ")
            if last >= 0 and (found := ROW_NUMBER.search(block, last)):
                last_row = int(found[1])
            if 'hidden="' in block:
                self.hidden_rows.update(map(int, HIDDEN_ROW.findall(block)))
            tail = block
        merges = (merge(reference, last_row) for reference in MERGE.findall(tail))
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
        self.known_looks: dict[RowLooks, RowLooks] = {}

    @cached_property
    def prefix(self) -> str:
        return find_prefix(self.package, self.part)

    @cached_property
    def surroundings(self) -> Surroundings:
        with refusing_damage("xlsx"):
            return Surroundings(self.blocks(), self.prefix)

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

    def blocks(self) -> Iterator[str]:
        return self.package.blocks(self.part, f"</{self.prefix}row>")

    def rows(self) -> Iterator[Row]:
        with refusing_damage("xlsx"):
            yield from self.limits.counted(self.read())

    def read(self) -> Iterator[Row]:
        number, block = 0, ""
        blocks = self.blocks()
        first = next(blocks)
        cutter = RowCutter(self.prefix, root[0] if (root := ROOT.search(first)) else f"<{self.prefix}worksheet>")
        for block in chain([first], blocks):
            for attributes, raw in cutter.rows(block):
                given = ROW_NUMBER.search(attributes)
                number = int(given[1]) if given else number + 1
                if cells := self.cells(raw):
                    self.remember_looks(number, raw)
                    yield number, cells
        if cutter.root_end not in block:
            raise ValueError("the sheet ends early")

    def remember_looks(self, number: int, raw: list[RawCell]) -> None:
        """Rows mostly look like others, so that one tuple serves them all."""
        if len(self.readers.styles) > 1:
            looks = tuple(map(look_of, raw))
            self.row_looks[number] = self.known_looks.setdefault(looks, looks)

    def cells(self, raw: list[RawCell]) -> list[Cell]:
        """From column A to the last cell that holds something."""
        cells: list[Cell] = []
        columns, readers = COLUMNS, self.readers
        for letters, attributes, value, inline, formula, result in raw:
            if text := value or inline or result:
                cell = readers[attributes](text)
            elif formula and look(attributes).kind != "str":
                cell = Formula(unescaped(formula.partition(">")[2]))
            else:
                continue
            if gap := columns[letters] - len(cells):
                if gap < 0:  # cells out of order
                    cells[gap] = cell
                    continue
                cells.extend([None] * gap)
            cells.append(cell)
        return cells

    def style(self, row: int, column: int) -> Style | None:
        """Of the rows that were gone through and held something; there, also of the empty cells."""
        for letters, attributes in self.row_looks.get(row, ()):
            if COLUMNS[letters] == column - 1:
                index, styles = look(attributes).style, self.readers.styles
                return styles[index] if index < len(styles) else None
        return None


COLUMNS = Columns()
