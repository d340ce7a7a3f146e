"""A row with a cell too many or too few: every way to make its cells stand where they belong."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingestion.pricegrid.formats.cell_forms import ColumnForm, RegularRow
from ingestion.pricegrid.formats.dialect import DELIMITERS, Dialect
from ingestion.pricegrid.formats.quotes import QUOTE, readings, without_marks
from ingestion.pricegrid.problems import Problem, notes

MOST_SURPLUS = 12  # cells too many or too few; beyond that it is no row of this list
MOST_STEPS = 3_000
LONGEST_ROW = 20_000  # characters
TWO_WAYS = 2  # then nobody can say which one is meant


class TooManyWaysError(Exception):
    """So many that nobody would go through them."""


class RowRepair(NamedTuple):
    """`how` says what was done, `text` with what."""

    cells: list[str]
    how: Problem
    text: str = ""


def only_repair(
    text: str, cells: Sequence[str], form: RegularRow, dialect: Dialect, *, is_clean: bool
) -> RowRepair | None:
    """The one repair after which every cell looks like the others in its column, if no other one could be meant."""
    if len(text) > LONGEST_ROW or abs(len(cells) - form.width) > MOST_SURPLUS + form.width * (len(cells) < form.width):
        return None
    found: dict[tuple[str, ...], RowRepair] = {}
    try:
        for repair in repairs(text, cells, form, dialect, is_clean=is_clean):
            if len(repair.cells) == form.width and form.could_fit(repair.cells):
                same = found.setdefault(without_marks(repair.cells), repair)
                if form.fit(repair.cells) and not form.fit(same.cells):
                    found[without_marks(repair.cells)] = repair
                if len(found) == TWO_WAYS:
                    return None
    except TooManyWaysError:
        return None
    only = next(iter(found.values()), None)
    return only if only is not None and form.fit(only.cells) else None


def repairs(
    text: str, cells: Sequence[str], form: RegularRow, dialect: Dialect, *, is_clean: bool
) -> Iterator[RowRepair]:
    if QUOTE in text:
        for reading in readings(text, dialect):
            yield RowRepair(reading, notes.STRAY_MARK)
    if not is_clean or len(cells) == form.width:
        return
    others = list(with_other_delimiters(text, dialect))
    yield from others
    if len(cells) > form.width:
        yield from Merging(parts_of_line(text, cells, dialect), form, dialect.delimiter).repairs()
    elif len(cells) < form.width:
        if len(cells) > 1 and form.could_fit(cells):
            yield RowRepair([*cells, *[""] * (form.width - len(cells))], notes.ROW_JOINED)
        is_told = any(len(other.cells) == form.width and form.fit(other.cells) for other in others if other.text != " ")
        if len(cells) == form.width - 1 and not is_told:
            yield from parted(cells, form)


def with_other_delimiters(text: str, dialect: Dialect) -> Iterator[RowRepair]:
    """The line as if another sign parted it, alone or beside the usual one."""
    line = text.rstrip("\r\n")
    for sign in (*DELIMITERS, " "):
        if sign == dialect.delimiter or sign not in line:
            continue
        other = dialect._replace(delimiter=sign)
        for candidate, cutter in ((line, other), (line.replace(sign, dialect.delimiter), dialect)):
            try:
                yield RowRepair(cutter.cut(candidate), notes.OTHER_DELIMITER, sign)
            except csv.Error:
                continue


class _Part(NamedTuple):
    text: str
    is_quoted: bool


def parts_of_line(text: str, cells: Sequence[str], dialect: Dialect) -> list[_Part]:
    """The cells with whether each stands between quotation marks: then it is whole."""
    sign = re.escape(dialect.delimiter)
    pattern = rf'(?:^|{sign}) *+(?:"((?:[^"]|"")*+)"(?={sign}|$)|([^{sign}]*+))'
    found = re.findall(pattern, text.rstrip("\r\n"))
    if len(found) != len(cells):
        return [_Part(cell, is_quoted=False) for cell in cells]
    return [_Part(cell, bool(quoted)) for cell, (quoted, _) in zip(cells, found, strict=True)]


class Merging:
    """Cells that belong together put together again, in every way that leaves one for each column."""

    def __init__(self, parts: Sequence[_Part], form: RegularRow, delimiter: str) -> None:
        self._parts = parts
        self._columns: Sequence[ColumnForm] = form.columns
        self._delimiter = delimiter
        self._steps = 0

    def repairs(self) -> Iterator[RowRepair]:
        return self._from(0, 0, [], "")

    def _from(self, column: int, at: int, before: list[str], joined: str) -> Iterator[RowRepair]:
        columns, parts = len(self._columns) - column, len(self._parts) - at
        if not columns:
            if not parts:
                yield RowRepair(before, notes.ROW_JOINED if joined else notes.EXTRA_DELIMITER, joined)
            return
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise TooManyWaysError
        for end in range(at + 1, at + parts - columns + 2):
            text = self._together(self._parts[at:end])
            if text is not None and self._columns[column].could_fit(text):
                is_joined = sum(bool(part.text.strip()) for part in self._parts[at:end]) > 1
                yield from self._from(column + 1, end, [*before, text], text if is_joined else joined)

    def _together(self, parts: Sequence[_Part]) -> str | None:
        """Several cells as one: what stands between quotation marks is whole by itself."""
        filled = [part for part in parts if part.text.strip()]
        if len(filled) <= 1:
            return filled[0].text if filled else parts[0].text
        if any(part.is_quoted for part in parts):
            return None
        return self._delimiter.join(part.text for part in parts)


def parted(cells: Sequence[str], form: RegularRow) -> Iterator[RowRepair]:
    """One cell cut in two, wherever the cells before and behind it then stand in their columns."""
    columns = form.columns
    behind = [columns[at + 1].could_fit(cell) for at, cell in enumerate(cells)]
    for at, cell in enumerate(cells):
        if all(behind[at + 1 :]):
            for cut in range(1, len(cell)):
                first, second = cell[:cut], cell[cut:]
                if first[-1] in DELIMITERS or second[0] in DELIMITERS:
                    continue  # then another sign parts them
                if first.strip() and columns[at].could_fit(first) and columns[at + 1].could_fit(second):
                    yield RowRepair([*cells[:at], first, second, *cells[at + 1 :]], notes.ROW_PARTED, cell)
        if not columns[at].could_fit(cell):
            return
