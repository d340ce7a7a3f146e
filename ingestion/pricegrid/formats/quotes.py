"""Quotation marks of a delimited text: what a line may say whose marks are not doubled as they should be."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Protocol

MOST_MARKS = 60  # in a line; of more, nobody can say which one is stray
ESCAPED, DOUBLED = '\\"', '""'
QUOTE = '"'


class CutsLines(Protocol):
    """How a regular line is cut."""

    @property
    def delimiter(self) -> str: ...

    def cut(self, line: str) -> list[str]:
        """The cells; csv.Error where quotation marks stand where none may."""


def readings(line: str, dialect: CutsLines) -> Iterator[list[str]]:
    """The cells of one line in every way in which its quotation marks may be meant, the likeliest first."""
    line = line.rstrip("\r\n")
    for text in dict.fromkeys((line, line.replace(ESCAPED, DOUBLED))):
        for pairs in (True, False):
            cells = cut_at_closing_marks(text, dialect.delimiter, pairs=pairs)
            if cells is not None:
                yield cells
    yield line.split(dialect.delimiter)
    if line.count(QUOTE) > MOST_MARKS:
        return
    for at, char in enumerate(line):
        if char == QUOTE:
            try:
                yield dialect.cut(line[:at] + line[at + 1 :])
            except csv.Error:
                continue


def cut_at_closing_marks(line: str, delimiter: str, *, pairs: bool) -> list[str] | None:
    """The cells where a mark closes a quoted cell only before a delimiter or the end; None where one stays open.

    With `pairs`, two marks together close nothing.
    """
    cells: list[str] = []
    at = 0
    while True:
        start = at + len(line) - at - len(line[at:].lstrip(" "))
        if line[start : start + 1] != QUOTE:
            end = line.find(delimiter, at)
            cells.append(line[at:] if end < 0 else line[at:end])
        else:
            close = _closing(line, start + 1, delimiter, pairs=pairs)
            if close is None:
                return None
            cells.append(line[start + 1 : close].replace(DOUBLED, QUOTE))
            end = close + 1 if close + 1 < len(line) else -1
        if end < 0:
            return cells
        at = end + 1


def _closing(line: str, at: int, delimiter: str, *, pairs: bool) -> int | None:
    """The place of the mark that closes a cell whose text begins at `at`."""
    begin = at
    while (at := line.find(QUOTE, at)) >= 0:
        run = at
        while line[run + 1 : run + 2] == QUOTE:
            run += 1
        is_free = not pairs or (run - at) % 2 == 0 or at == begin
        if is_free and line[run + 1 : run + 2] in ("", delimiter):
            return run
        at = run + 1
    return None


def without_marks(cells: list[str]) -> tuple[str, ...]:
    """What two readings have in common that differ in quotation marks alone."""
    return tuple(cell.replace(QUOTE, "").replace("\\", "").strip() for cell in cells)
