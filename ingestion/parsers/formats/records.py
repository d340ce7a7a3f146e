"""Delimited text as records, with the line on which each begins."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice

from ingestion.parsers.formats.dialect import DECLARED, Dialect
from ingestion.sheet.blocks import ROWS_AT_ONCE, Block
from ingestion.sheet.records import Message, gettext_noop

CUT_SHORT = gettext_noop("The file ends inside a quoted cell that begins on line %(line)s: it was probably cut short.")
STRAY_QUOTE = gettext_noop("A quotation mark on line %(line)s is never closed; that line was read as if it had none.")
LONGEST_CUT = 20  # lines; an open quotation mark that runs on for longer is a stray one, not the end of a cut file

Note = Callable[[Message], None]


def record_blocks(stream: Iterator[str], dialect: Dialect, note: Note) -> Iterator[Block]:
    lines, number = skip_declaration(stream)
    while chunk := list(islice(lines, ROWS_AT_ONCE)):
        records = one_a_line(chunk, dialect)
        if records is not None:
            yield Block(range(number, number + len(chunk)), records)
            number += len(chunk)
        else:
            careful = Careful(chain(chunk, lines), dialect, note)
            yield careful.read(number, number + len(chunk))
            lines, number = careful.lines, careful.number


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

    def __init__(self, lines: Iterator[str], dialect: Dialect, note: Note) -> None:
        self.lines = lines
        self.number = 0
        self._dialect = dialect
        self._note = note
        self._numbers: list[int] = []
        self._records: list[list[str]] = []

    def read(self, number: int, end: int) -> Block:
        """The records that begin on the lines from `number` to before `end`; `lines` and `number` are then behind."""
        self.number = number
        last: list[str] = []
        while self.number < end:
            last, held = self._until_swallowed(end)
            if not held:
                break
            self._note(Message(STRAY_QUOTE, {"line": self.number}))
            self._add(held[0].rstrip("\r\n").split(self._dialect.delimiter), 1)
            self.lines, last = chain(held[1:], self.lines), []
        self._check_the_end(last)
        return Block(self._numbers, self._records)

    def _until_swallowed(self, end: int) -> tuple[list[str], list[str]]:
        """The lines of the last record that was added, and those of one that swallows others."""
        held: list[str] = []
        last: list[str] = []
        with suppress(csv.Error):  # a cell beyond the size limit of the csv module: the same, over half of the file
            for record in self._dialect.reader(keeping(self.lines, held)):
                if len(held) > 1 and swallows(held, self._dialect):
                    break
                self._add(record, len(held))
                last = held.copy()
                held.clear()
                if self.number >= end:
                    break
        return last, held

    def _add(self, record: list[str], lines: int) -> None:
        self._numbers.append(self.number)
        self._records.append(record)
        self.number += lines

    def _check_the_end(self, last: Sequence[str]) -> None:
        following = next(self.lines, None)
        if following is not None:
            self.lines = chain([following], self.lines)
        elif is_open(last):
            self._note(Message(CUT_SHORT, {"line": self.number - len(last)}))


def skip_declaration(stream: Iterator[str]) -> tuple[Iterator[str], int]:
    """The lines without a `sep=;` line for Excel, and the number of the first of them."""
    first = next(stream, "")
    return (stream, 2) if DECLARED.match(first) else (chain([first] if first else [], stream), 1)


def keeping(lines: Iterator[str], held: list[str]) -> Iterator[str]:
    for line in lines:
        held.append(line)
        yield line


def swallows(held: Sequence[str], dialect: Dialect) -> bool:
    """Whether the lines of one record look like records of their own."""
    if len(held) > LONGEST_CUT and is_open(held):
        return True
    separators = dialect.width - 1
    return separators > 0 and all(line.count(dialect.delimiter) >= separators for line in (held[0], held[-1]))


def is_open(held: Sequence[str]) -> bool:
    return sum(line.count('"') for line in held) % 2 == 1
