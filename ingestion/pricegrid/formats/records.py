"""Delimited text as records, with the line on which each begins."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice

from ingestion.pricegrid.cells.blocks import ROWS_AT_ONCE, Block
from ingestion.pricegrid.formats.dialect import DECLARED, Dialect
from ingestion.pricegrid.formats.limits import DEFAULT_LIMITS, Limits
from ingestion.pricegrid.formats.refusals import refused
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
    stream: Iterator[str], dialect: Dialect, note: _Note, limits: Limits = DEFAULT_LIMITS, at_once: int = ROWS_AT_ONCE
) -> Iterator[Block]:
    """The records of some lines at a time, which are taken from the stream by `at_once`."""
    source = without_declaration(stream)
    while chunk := some_lines(source.take, at_once):
        records = one_a_line(chunk, dialect)
        if records is None:
            source.give_back(chunk)
            yield Careful(source, dialect, note, limits).read(source.number + len(chunk))
        else:
            yield Block(range(source.number, source.number + len(chunk)), records)
            source.number += len(chunk)


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
        records = list(dialect.reader(lines))
        is_closed = len(list(dialect.reader([lines[-1], "\n"]))) > 1
    except csv.Error:  # a cell beyond the size limit of the csv module
        return None
    return records if len(records) == len(lines) and is_closed else None


class Careful:
    """Record by record. A quotation mark that swallows whole records is taken literally: none of them vanishes."""

    def __init__(self, source: Source, dialect: Dialect, note: _Note, limits: Limits) -> None:
        self._source = source
        self._limits = limits
        self._dialect = dialect
        self._note = note
        self._numbers: list[int] = []
        self._records: list[list[str]] = []

    def read(self, end: int) -> Block:
        """The records that begin before line `end`; the source is then behind them."""
        source = self._source
        last: list[str] = []
        while source.number < end:
            last, held = self._until_swallowed(end)
            if not held:
                break
            self._literally(held[0])
            self._give_back(held[1:])
            last = []
        if is_open(last) and source.is_at_end():
            self._note(Message(CUT_SHORT, {"line": source.number - len(last)}))
        return Block(self._numbers, self._records)

    def _until_swallowed(self, end: int) -> tuple[list[str], list[str]]:
        """The lines of the last record that was added, and those of one that swallows others."""
        held: list[str] = []
        last: list[str] = []
        with suppress(csv.Error):  # a cell beyond the size limit of the csv module: the same, over half of the file
            for record in self._dialect.reader(self._source.keeping(held)):
                if len(held) > 1 and swallows(held, self._dialect):
                    break
                self._add(record, len(held))
                last = held.copy()
                held.clear()
                if self._source.number >= end:
                    break
        return last, held

    def _literally(self, line: str) -> None:
        """A line as if it had no quotation marks."""
        number, cells = self._source.number, line.rstrip("\r\n").split(self._dialect.delimiter)
        self._limits.check_cells(number, cells)
        self._note(Message(STRAY_QUOTE, {"line": number}))
        self._add(cells, 1)

    def _give_back(self, lines: Sequence[str]) -> None:
        source = self._source
        source.reread += sum(map(len, lines))
        if source.reread > self._limits.reread:
            raise refused(files.TOO_MANY_QUOTES, line=source.number)
        source.give_back(lines)

    def _add(self, record: list[str], lines: int) -> None:
        self._numbers.append(self._source.number)
        self._records.append(record)
        self._source.number += lines


def without_declaration(stream: Iterator[str]) -> Source:
    """The lines without a `sep=;` line for Excel."""
    source = Source(stream, 1)
    first = source.take(1)
    if first and DECLARED.match(first[0]):
        source.number = 2
    else:
        source.give_back(first)
    return source


def swallows(held: Sequence[str], dialect: Dialect) -> bool:
    """Whether the lines of one record look like records of their own."""
    if len(held) > LONGEST_CUT and is_open(held):
        return True
    separators = dialect.width - 1
    return separators > 0 and all(line.count(dialect.delimiter) >= separators for line in (held[0], held[-1]))


def is_open(held: Sequence[str]) -> bool:
    return sum(line.count('"') for line in held) % 2 == 1
