"""Delimited text as records, with the line on which each begins."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from ingestion.parsers.formats.dialect import DECLARED, Dialect
from ingestion.sheet.records import Message, gettext_noop

CUT_SHORT = gettext_noop("The file ends inside a quoted cell that begins on line %(line)s: it was probably cut short.")
STRAY_QUOTE = gettext_noop("A quotation mark on line %(line)s is never closed; that line was read as if it had none.")
LONGEST_CUT = 20  # lines; an open quotation mark that runs on for longer is a stray one, not the end of a cut file

Note = Callable[[Message], None]


def records(stream: Iterator[str], dialect: Dialect, note: Note) -> Iterator[tuple[int, list[str]]]:
    """A quotation mark that swallows whole records is taken literally, so that none of them vanishes."""
    lines, number = skip_declaration(stream)
    while True:
        held: list[str] = []
        last: list[str] = []
        try:
            for record in dialect.reader(keeping(lines, held)):
                if len(held) > 1 and swallows(held, dialect):
                    break
                yield number, record
                number += len(held)
                last = held.copy()
                held.clear()
        except csv.Error:  # a cell beyond the size limit of the csv module: the same, over half of the file
            pass
        if not held:
            break
        note(Message(STRAY_QUOTE, {"line": number}))
        yield number, held[0].rstrip("\r\n").split(dialect.delimiter)
        number += 1
        lines = chain(held[1:], lines)
    if is_open(last):
        note(Message(CUT_SHORT, {"line": number - len(last)}))


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
