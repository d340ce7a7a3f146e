"""Delimited text as records, with the line on which each begins."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice

from ingestion.pricegrid.cells.blocks import ROWS_AT_ONCE, Block
from ingestion.pricegrid.formats.cell_forms import RegularRow
from ingestion.pricegrid.formats.dialect import DECLARED, Dialect
from ingestion.pricegrid.formats.limits import DEFAULT_LIMITS, Limits
from ingestion.pricegrid.formats.quotes import QUOTE
from ingestion.pricegrid.formats.refusals import refused
from ingestion.pricegrid.formats.row_shapes import Learned, Mender, Records
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.problems import files
from ingestion.pricegrid.records import Message

CUT_SHORT = gettext_noop("The file ends inside a quoted cell that begins on line %(line)s: it was probably cut short.")
STRAY_QUOTE = gettext_noop("A quotation mark on line %(line)s is never closed; that line was read as if it had none.")
CHARACTERS_AT_ONCE = 256 * 1024
LONGEST_RECORD, LARGEST_RECORD = 5_000, 1024 * 1024  # lines, characters
LONGEST_CUT = 20  # lines; an open quotation mark that runs on for longer is a stray one, not the end of a cut file

_Note = Callable[[Message], None]


class Source:
    """The lines of a text from here on, with the number of the next one. Lines can be given back, to be taken again."""

    def __init__(self, stream: Iterator[str], number: int) -> None:
        self._stream = stream
        self._given_back: deque[str] = deque()
        self.number = number
        self.reread = 0  # characters behind quotation marks that were never closed

    def take(self, count: int) -> list[str]:
        lines = [self._given_back.popleft() for _ in range(min(count, len(self._given_back)))]
        return [*lines, *islice(self._stream, count - len(lines))]

    def give_back(self, lines: Sequence[str]) -> None:
        self._given_back.extendleft(reversed(lines))

    def keeping(self, held: list[str]) -> Iterator[str]:
        """One by one; each is also in `held`. No record goes on over so much: then a quotation mark is a stray one."""
        characters = 0
        while line := self.take(1):
            held += line
            characters += len(line[0])
            if len(held) > LONGEST_RECORD or (len(held) > 1 and characters > LARGEST_RECORD):
                raise csv.Error("no end of a record")
            yield line[0]

    def is_at_end(self) -> bool:
        following = self.take(1)
        self.give_back(following)
        return not following


def record_blocks(
    stream: Iterator[str],
    dialect: Dialect,
    note: _Note,
    limits: Limits = DEFAULT_LIMITS,
    at_once: int = ROWS_AT_ONCE,
    mender: Mender | None = None,
) -> Iterator[Block]:
    """The records of some lines at a time, which are taken from the stream by `at_once`."""
    mender = mender or Mender(dialect, lambda: Learned(RegularRow(dialect.width, ())), {}, {})
    source = without_declaration(stream)
    while chunk := some_lines(source.take, at_once):
        records = one_a_line(chunk, dialect)
        if records is None:
            source.give_back(chunk)
            found = Careful(source, mender, note, limits).read(source.number + len(chunk))
        else:
            numbers = range(source.number, source.number + len(chunk))
            found = Records(numbers, chunk, records, odd_ones(chunk))
            source.number += len(chunk)
        yield mender.mended(found)


def odd_ones(lines: Sequence[str]) -> set[int]:
    """The places of lines in which a quotation mark has no other that belongs to it."""
    return {at for at, line in enumerate(lines) if line.count(QUOTE) % 2}


def some_lines(take: Callable[[int], list[str]], at_once: int) -> list[str]:
    """The next lines, so many as make a block, but not many more characters. None where there are no more."""
    lines: list[str] = []
    room = CHARACTERS_AT_ONCE
    while len(lines) < ROWS_AT_ONCE and room > 0 and (some := take(at_once)):
        lines += some
        room -= sum(map(len, some))
    return lines


def one_a_line(lines: Sequence[str], dialect: Dialect) -> list[list[str]] | None:
    """The records of lines that hold one each; None where a quoted cell goes on over the end of a line."""
    try:
        records = list(dialect.reader(lines, strict=True))
    except csv.Error:  # marks where none may stand, or a cell beyond the size limit of the csv module
        return None
    return records if len(records) == len(lines) else None


class Careful:
    """Record by record. A quotation mark that swallows whole records is taken literally: none of them vanishes."""

    def __init__(self, source: Source, mender: Mender, note: _Note, limits: Limits) -> None:
        self._source = source
        self._limits = limits
        self._mender = mender
        self._dialect = mender.dialect
        self._note = note
        self._numbers: list[int] = []
        self._texts: list[str] = []
        self._records: list[list[str]] = []
        self._unclean: set[int] = set()

    def read(self, end: int) -> Records:
        """The records that begin before line `end`; the source is then behind them."""
        source = self._source
        while source.number < end:
            held = self._until_unclean(end)
            if not held:
                break
            if self._is_cut_short(held):
                self._note(Message(CUT_SHORT, {"line": source.number}))
                self._add(self._cut_anyhow(held), held, is_clean=False)
                continue
            self._alone(held[0])
            self._give_back(held[1:])
        return Records(self._numbers, self._texts, self._records, self._unclean)

    def _until_unclean(self, end: int) -> list[str]:
        """The lines of the first record with marks where none may stand, or that swallows others."""
        held: list[str] = []
        with suppress(csv.Error):  # also over a cell beyond the size limit of the csv module, half of the file
            for record in self._dialect.reader(self._source.keeping(held), strict=True):
                if len(held) > 1 and self._swallows(held, record):
                    break
                self._add(record, held)
                held.clear()
                if self._source.number >= end:
                    break
        return held

    def _swallows(self, held: Sequence[str], record: Sequence[str]) -> bool:
        """Whether the lines of one record look like records of their own."""
        mender = self._mender
        if not mender.form.tells:
            return mender.may_be_row(held[0]) and mender.may_be_row(held[-1])
        if any(map(mender.may_be_row, held[1:-1])):
            return True
        return mender.may_be_row(held[-1]) and (mender.may_be_row(held[0]) or not mender.form.could_fit(record))

    def _is_cut_short(self, held: Sequence[str]) -> bool:
        """Whether the file ends inside a quoted cell, rather than that a stray quotation mark swallows its end."""
        if len(held) > LONGEST_CUT or not is_open(held) or not self._source.is_at_end():
            return False
        return not any(map(self._mender.may_be_row, held[1:] or held))

    def _alone(self, line: str) -> None:
        """A line as far as it can be told without those behind it: marks that are never closed say nothing."""
        number = self._source.number
        if is_open([line]):
            self._note(Message(STRAY_QUOTE, {"line": number}))
            cells = line.rstrip("\r\n").split(self._dialect.delimiter)
        else:
            cells = self._cut_anyhow([line])
        self._limits.check_cells(number, cells)
        self._add(cells, [line], is_clean=False)

    def _cut_anyhow(self, held: Sequence[str]) -> list[str]:
        try:
            return next(self._dialect.reader(held), [])
        except csv.Error:  # a cell beyond the size limit of the csv module
            return "".join(held).rstrip("\r\n").split(self._dialect.delimiter)

    def _give_back(self, lines: Sequence[str]) -> None:
        source = self._source
        source.reread += sum(map(len, lines))
        if source.reread > self._limits.reread:
            raise refused(files.TOO_MANY_QUOTES, line=source.number)
        source.give_back(lines)

    def _add(self, record: list[str], lines: Sequence[str], *, is_clean: bool = True) -> None:
        if not is_clean:
            self._unclean.add(len(self._numbers))
        self._numbers.append(self._source.number)
        self._texts.append("".join(lines))
        self._records.append(record)
        self._source.number += len(lines)


def without_declaration(stream: Iterator[str]) -> Source:
    """The lines without a `sep=;` line for Excel."""
    source = Source(stream, 1)
    first = source.take(1)
    if first and DECLARED.match(first[0]):
        source.number = 2
    else:
        source.give_back(first)
    return source


def is_open(held: Sequence[str]) -> bool:
    return sum(line.count(QUOTE) for line in held) % 2 == 1
