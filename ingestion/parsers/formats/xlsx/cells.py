"""Rows out of the XML of a worksheet.

Two regular expressions cut the rows that all the usual programs write; a row that they do not take whole goes through
the XML parser. That is three times as fast as any parser that calls Python for each element.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from lxml import etree
from openpyxl.utils import get_column_letter

from ingestion.parsers.formats.number_formats import date_reader, iso_moment, whole
from ingestion.parsers.formats.xlsx.texts import all_runs, unescaped
from ingestion.parsers.formats.xml import elements, local, parse_xml
from ingestion.sheet.grid import Cell, CellError, Style

ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")
LETTERS = re.compile(r"[A-Z]{1,3}(?=[0-9])")
# column letters, other attributes, value, inline text, formula, its result
RawCell = tuple[str, str, str, str, str, str]
Reader = Callable[[str], Cell]


@lru_cache(maxsize=8)
def cell_pattern(p: str) -> re.Pattern[str]:
    """Takes a cell from its start to its very end, or not at all: the number of cells taken tells if any was left."""
    value, inline = rf"<{p}v>([^<]*)</{p}v>", rf"<{p}is><{p}t[^>]*>([^<]*)</{p}t></{p}is>"
    formula = rf"<{p}f([^<]*)(?:</{p}f>)?(?:{value}|<{p}v/>)?"
    end = f"</{p}c>"
    return re.compile(
        rf'<{p}c r="([A-Z]{{1,3}})[0-9]+"([^>]*)>(?:{value}{end}|{inline}{end}|(?<=/>)|{end}|{formula}{end})'
    )


class Columns(dict[str, int]):
    """The index of a column, from 0, by its letters."""

    def __missing__(self, letters: str) -> int:
        index = 0
        for letter in letters:
            index = index * 26 + ord(letter) - 64
        self[letters] = index - 1
        return index - 1


class Look(NamedTuple):
    """What the attributes of a cell say: the number of its format, and its type."""

    style: int
    kind: str


@lru_cache(maxsize=4096)
def look(attributes: str) -> Look:
    given = dict(ATTRIBUTE.findall(attributes))
    style = given.get("s", "0")
    return Look(int(style) if style.isdecimal() else 0, given.get("t", "n"))


class Readers(dict[str, Reader]):
    """What reads a value, by the text of the cell's attributes: understood once, however many cells share it."""

    def __init__(self, styles: Sequence[Style], strings: Sequence[str], *, from_1904: bool) -> None:
        self.styles, self.strings, self.from_1904 = styles, strings, from_1904

    def __missing__(self, attributes: str) -> Reader:
        style, kind = look(attributes)
        self[attributes] = reader = self.reader(kind, style)
        return reader

    def reader(self, kind: str, style: int) -> Reader:
        if kind == "s":
            strings = self.strings
            return lambda value: strings[int(value)]
        if kind == "n" and style < len(self.styles):
            dated = date_reader(self.styles[style].number_format, from_1904=self.from_1904)
            if dated:
                return lambda value: dated(float(value))
        return READERS.get(kind, number)


def number(text: str) -> int | float:
    return int(text) if text.isdecimal() else whole(float(text))


READERS: dict[str, Reader] = {
    "str": unescaped,
    "inlineStr": unescaped,
    "e": CellError,
    "b": lambda value: value.strip() in ("1", "true"),
    "d": iso_moment,
}


class RowCutter:
    """Cuts blocks of a worksheet, each ending after a row, into rows and cells. `root` is its start tag."""

    def __init__(self, prefix: str, root: str) -> None:
        self.root, self.root_end = root, f"</{prefix}worksheet>"
        self.row_tag, self.row_end, self.cell_tag = f"<{prefix}row", f"</{prefix}row>", f"<{prefix}c"
        self.find_cells = cell_pattern(prefix).findall

    def rows(self, block: str) -> Iterator[tuple[str, list[RawCell]]]:
        """The attributes of each row, and its cells."""
        rows = [self.cut(piece) for piece in block.split(self.row_end)[:-1]]
        taken = sum(len(cells) for _, cells, _ in rows)
        is_whole = taken == block.count(self.cell_tag)
        for attributes, cells, piece in rows:
            if is_whole or len(cells) == piece.count(self.cell_tag):
                yield attributes, cells
            else:
                yield attributes, self.slowly(piece)

    def cut(self, piece: str) -> tuple[str, list[RawCell], str]:
        """A row's attributes, its cells as far as the pattern takes them, and its text."""
        row = piece[max(piece.rfind(self.row_tag), 0) :]
        return row[len(self.row_tag) : row.find(">")], self.find_cells(row), row

    def slowly(self, piece: str) -> list[RawCell]:
        """Any row at all: cells in runs of fonts, with foreign elements, or that do not say where they are."""
        row = parse_xml(f"{self.root}{piece}{self.row_end}{self.root_end}".encode())
        cells: list[RawCell] = []
        for position, cell in enumerate(elements(row, "c")):
            place = LETTERS.match(cell.get("r", ""))
            letters = place[0] if place else get_column_letter(position + 1)
            attributes = "".join(f' {key}="{cell.get(key)}"' for key in ("s", "t") if cell.get(key))
            parts = {local(child): "".join(map(str, child.itertext())) for child in cell if local(child) != "is"}
            text = all_runs("".join(etree.tostring(child, encoding="unicode") for child in elements(cell, "is")))
            formula = ">" + escaped(parts["f"]) if "f" in parts else ""
            cells.append((letters, attributes, escaped(parts.get("v", "")), escaped(text), formula, ""))
        return cells


def escaped(text: str) -> str:
    return text.replace("&", "&amp;")
