"""Rows of a delimited text whose cells are not where those of their neighbours are: mended, or marked as damaged.

Regular rows cost nothing: they are only counted.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, MutableMapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import NamedTuple, cast

from ingestion.pricegrid.cells.blocks import Block
from ingestion.pricegrid.formats.cell_forms import LEAST_REGULAR, RegularRow, is_number, without_empty_end
from ingestion.pricegrid.formats.dialect import Dialect, clean_records
from ingestion.pricegrid.formats.quotes import QUOTE, readings
from ingestion.pricegrid.formats.row_repairs import RowRepair, only_repair
from ingestion.pricegrid.problems import Problem, notes, rows
from ingestion.pricegrid.records import Message
from ingestion.pricegrid.values.text import shorten

LEAST_BELOW = 2  # rows as wide as a header, right below it
MOST_LEARNED = 200
LONGEST_TEAR = 3  # lines
USUAL_END = 0.8  # of all lines: then the others are no ends of lines


class Records(NamedTuple):
    """Records with the line on which each begins and its text; `unclean` are the places of those with odd marks."""

    numbers: Sequence[int]
    texts: Sequence[str]
    cells: Sequence[list[str]]
    unclean: AbstractSet[int] = frozenset()


class Learned(NamedTuple):
    """What the sample of a text says: the form of its rows, and how its lines end (empty: in several ways)."""

    form: RegularRow
    line_end: str = ""


class Mender:
    """Goes through the records of a text once. What it finds is put into `damaged` and `noted`, by row number."""

    def __init__(
        self,
        dialect: Dialect,
        learn: Callable[[], Learned],
        damaged: MutableMapping[int, Message],
        noted: MutableMapping[int, tuple[Message, ...]],
    ) -> None:
        self._learn = learn
        self._form: RegularRow | None = None  # of the table that the rows are in
        self._before = ""  # the text of the last record so far
        self.dialect = dialect
        self.width = dialect.width
        self.damaged = damaged
        self.noted = noted

    @cached_property
    def learned(self) -> Learned:
        return self._learn()

    @property
    def form(self) -> RegularRow:
        if self._form is None:
            self.begin(self.learned.form)
        return cast("RegularRow", self._form)

    def begin(self, form: RegularRow) -> None:
        """From here on rows are expected to look so."""
        self._form, self.width = form, form.width

    def may_be_row(self, line: str) -> bool:
        """Whether a line is a whole row by itself, however its quotation marks are meant."""
        if not self.form.tells:
            return line.count(self.dialect.delimiter) >= max(1, self.form.width - 1)
        found = map(without_empty_end, readings(line, self.dialect))
        return any(len(cells) > 1 and self.form.could_fit(cells) for cells in found)

    def mended(self, records: Records) -> Block:
        before, self._before = self._before, records.texts[-1] if records.texts else self._before
        if not records.unclean and {len(cells) for cells in records.cells} == {self.width}:
            return Block(records.numbers, records.cells)
        return _Walk(self, records, before).block()


class _Walk:
    """One block of records, from the first to the last."""

    def __init__(self, mender: Mender, records: Records, before: str) -> None:
        self._mender = mender
        self._records = records
        self._before = before
        self._numbers: list[int] = []
        self._cells: list[list[str]] = []

    def block(self) -> Block:
        at, count = 0, len(self._records.cells)
        while at < count:
            at = self._step(at)
        return Block(self._numbers, self._cells)

    def _step(self, at: int) -> int:
        """Takes one record, or several that are one; gives the place behind it."""
        cells = self._records.cells[at]
        if (len(cells) == self._mender.width and at not in self._records.unclean) or not any(map(str.strip, cells)):
            return self._keep(at, cells)
        form = self._mender.form
        if at not in self._records.unclean:
            if len(cells) == form.width:
                return self._keep(at, cells)
            if other := self._table_below(at):
                self._mender.begin(other)
                return self._keep(at, cells)
        if self._is_torn(at - 1) or self._is_torn(at):
            return self._torn(at)
        return self._odd(at, cells, form)

    def _odd(self, at: int, cells: list[str], form: RegularRow) -> int:
        is_clean = self._is_clean(at)
        filled = without_empty_end(cells)
        if is_clean and len(filled) <= form.width and form.rows and form.fit(filled):
            return self._keep(at, cells)
        found = self._repaired(at, cells, is_clean=is_clean)
        if found is not None:
            self._note(at, found.how, found.text)
            return self._keep(at, found.cells)
        if (together := self._with_next(at)) is not None:
            self._note(at, notes.ROW_TORN, "")
            return self._keep(at, together, records=2)
        if is_clean and len(cells) == form.width:
            return self._keep(at, cells)  # an inch behind a number
        if problem := self._problem(at, filled, form, is_clean=is_clean):
            self._mark(at, problem)
        return self._keep(at, cells)

    def _repaired(self, at: int, cells: list[str], *, is_clean: bool) -> RowRepair | None:
        mender = self._mender
        if is_clean and not mender.form.tells:
            return None
        return only_repair(self._records.texts[at], cells, mender.form, mender.dialect, is_clean=is_clean)

    def _problem(self, at: int, filled: Sequence[str], form: RegularRow, *, is_clean: bool) -> Problem | None:
        """What is wrong with a row that nothing mends; None where it is no row of items: a title, a note."""
        text, delimiter = self._records.texts[at], self._mender.dialect.delimiter
        if form.is_held_in(text):
            return rows.RUN_TOGETHER if len(filled) == 1 else _wrong_count(filled, form)
        if not is_clean:
            return rows.STRAY_MARKS if text.count(delimiter) >= max(1, (form.width - 1) // 2) else None
        if len(filled) > form.width:
            return rows.TOO_MANY_CELLS if any(map(is_number, filled)) else None
        return rows.TOO_FEW_CELLS if len(self._records.cells[at]) < form.width and form.has_amount(filled) else None

    def _table_below(self, at: int) -> RegularRow | None:
        """The form of the rows below, where this one heads a table of its own, with another number of columns."""
        cells, records = self._records.cells[at], self._records.cells
        if len(cells) == self._mender.width or any(map(is_number, cells)) or sum(map(bool, map(str.strip, cells))) < 2:
            return None
        below = [other for other in records[at + 1 : at + 1 + MOST_LEARNED] if any(map(str.strip, other))]
        alike = [other for other in below if len(other) == len(cells) and any(map(is_number, other))]
        is_table = len(alike) >= LEAST_BELOW and all(len(other) == len(cells) for other in below[:LEAST_BELOW])
        return RegularRow(len(cells), alike) if is_table else None

    def _is_torn(self, at: int) -> bool:
        """Whether the line ends in another way than the lines of the file do: then it was none, the row goes on."""
        if at >= len(self._records.texts):
            return False
        text, usual = self._records.texts[at] if at >= 0 else self._before, self._mender.learned.line_end
        return bool(usual) and text[-1:] in ("\n", "\r") and not text.endswith("\r\n") and not text.endswith(usual)

    def _torn(self, at: int) -> int:
        """The pieces of a torn row as one, where that is one of the list; else each is damaged."""
        start = at - 1 if self._is_torn(at - 1) else at
        texts = self._records.texts
        end = start + 1
        while end < len(texts) and end - start < LONGEST_TEAR and self._is_torn(end - 1):
            end += 1
        was_kept = self._numbers[-1:] == list(self._records.numbers[start:at])
        cells = self._joined(texts[start:end]) if start >= 0 and was_kept == (start < at) else None
        if cells is not None:
            if start < at:  # it looked complete, so it was kept
                self._numbers.pop()
                self._cells.pop()
            self._note(start, notes.ROW_TORN, "")
            self._numbers.append(self._records.numbers[start])
            self._cells.append(cells)
            return end
        for place in range(max(start, 0), end):
            self._mark(place, rows.TORN)
        return self._keep(at, self._records.cells[at])

    def _with_next(self, at: int) -> list[str] | None:
        """A row that is too short with the one below it, where both are pieces of one."""
        cells, width = self._records.cells, self._mender.form.width
        if at + 1 >= len(cells) or len(cells[at]) < 2 or len(cells[at]) + len(cells[at + 1]) != width + 1:
            return None
        if self._mender.form.fit(without_empty_end(cells[at + 1])):
            return None
        return self._joined(self._records.texts[at : at + 2])

    def _joined(self, texts: Sequence[str]) -> list[str] | None:
        form = self._mender.form
        try:
            cells = self._mender.dialect.cut(" ".join(text.rstrip("\r\n") for text in texts))
        except csv.Error:
            return None
        return cells if len(texts) > 1 and form.tells and len(cells) == form.width and form.fit(cells) else None

    def _is_clean(self, at: int) -> bool:
        try:
            self._mender.dialect.cut(self._records.texts[at])
        except csv.Error:
            return False
        return True

    def _keep(self, at: int, cells: list[str], records: int = 1) -> int:
        self._numbers.append(self._records.numbers[at])
        self._cells.append(cells)
        return at + records

    def _note(self, at: int, how: Problem, text: str) -> None:
        facts = {"cells": len(self._records.cells[at]), "width": self._mender.width, "value": shorten(text)}
        self._mender.noted[self._records.numbers[at]] = (how.message(**facts),)

    def _mark(self, at: int, problem: Problem) -> None:
        text = shorten(self._records.texts[at])
        facts = {"cells": len(self._records.cells[at]), "width": self._mender.form.width, "value": text}
        self._mender.damaged[self._records.numbers[at]] = problem.message(**facts)


def _wrong_count(filled: Sequence[str], form: RegularRow) -> Problem:
    return rows.TOO_MANY_CELLS if len(filled) > form.width else rows.TOO_FEW_CELLS


def learn(sample: Sequence[str], dialect: Dialect) -> Learned:
    """From the first lines of a text."""
    whole = [line for line in sample if line.count(QUOTE) % 2 == 0]
    records = list(clean_records(whole if len(whole) > LEAST_REGULAR else sample, dialect))
    priced = [cells for cells in records if any(map(is_number, cells))]
    header = next((cells for cells in records if len(cells) > 1 and not any(map(is_number, cells))), [])
    is_full = len(header) > dialect.width and any(len(cells) == len(header) for cells in priced)
    width = len(header) if is_full else dialect.width
    regular = [cells for cells in records if dialect.width <= len(cells) <= width]
    return Learned(RegularRow(width, regular[:MOST_LEARNED]), _line_end(sample))


def _line_end(sample: Sequence[str]) -> str:
    ends = Counter("\r\n" if line.endswith("\r\n") else line[-1:] for line in sample[:-1])
    usual, times = max(ends.items(), key=lambda item: item[1], default=("", 0))
    return usual if usual in ("\r\n", "\n") and times >= USUAL_END * ends.total() else ""
