"""How a text is cut into cells: by which delimiter, or at which positions."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from ingestion.pricegrid.formats.quotes import DOUBLED, ESCAPED, QUOTE

DELIMITERS = (";", "\t", "|", ",", "^")
DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,4}(?!\d))")
_DIGIT = re.compile(r"\d")
SAMPLE_RECORDS = 500
DECLARED = re.compile(r'^"?sep=(.)"?\s*$', re.IGNORECASE)
WIDEST = 2000  # characters of a line that anybody would pad
APOSTROPHE = "'"
_NEARLY_ALL = 0.8
GUTTER = 2  # blanks that part two columns of a text without delimiters


class Dialect(NamedTuple):
    """`width` is the usual number of cells; `cuts` are the first positions of the columns of a fixed-width text.

    `pads_quotes` where a blank stands between the delimiter and a quoted cell; `escapes` where a backslash stands
    before the quotation marks inside one; `quote` is the quotation mark.
    """

    delimiter: str
    width: int = 1
    pads_quotes: bool = False
    cuts: tuple[int, ...] = ()
    escapes: bool = False
    quote: str = QUOTE

    def reader(self, lines: Iterable[str], *, strict: bool = False) -> Iterator[list[str]]:
        """The records; `strict` raises csv.Error over quotation marks that stand where none may."""
        if self.escapes:
            lines = (line.replace(ESCAPED, DOUBLED) for line in lines)
        return csv.reader(
            lines, delimiter=self.delimiter, quotechar=self.quote, skipinitialspace=self.pads_quotes, strict=strict
        )

    def cut(self, line: str) -> list[str]:
        """The cells of one line; csv.Error as above."""
        return next(self.reader([line], strict=True), [])


class _Fit(NamedTuple):
    dialect: Dialect
    steady: float


def find_dialect(sample: Sequence[str], delimiter: str | None = None) -> Dialect:
    """How a text is cut, and how its quotation marks are meant where that is not the usual way."""
    usual = _parted_by(sample, delimiter)
    if usual.width == 1:
        return usual
    if any(ESCAPED in line for line in sample):
        escaped = _parted_by([line.replace(ESCAPED, DOUBLED) for line in sample], delimiter)._replace(escapes=True)
        return escaped if _irregular(escaped, sample) < _irregular(usual, sample) else usual
    if _in_apostrophes(usual, sample):
        quoted = [line.replace(QUOTE, "").replace(APOSTROPHE, QUOTE) for line in sample]
        width = _parted_by(quoted, usual.delimiter).width
        return usual._replace(width=width, quote=APOSTROPHE)
    return usual


def _irregular(dialect: Dialect, sample: Sequence[str]) -> int:
    """How many lines are no records of the usual width."""
    return len(sample) - sum(len(cells) == dialect.width for cells in clean_records(sample, dialect))


def _in_apostrophes(dialect: Dialect, sample: Sequence[str]) -> bool:
    """Whether apostrophes stand around nearly all cells that begin or end with one, and hold delimiters in some."""
    sign = re.escape(dialect.delimiter)
    whole = re.compile(rf"(?:^|{sign})'(?:[^']|'')*+'(?={sign}|$)")
    begun = re.compile(rf"(?:^|{sign})'")
    lines = [line.rstrip() for line in sample]
    found = sum(len(whole.findall(line)) for line in lines)
    return found > 0 and found >= _NEARLY_ALL * sum(len(begun.findall(line)) for line in lines)


def _parted_by(sample: Sequence[str], delimiter: str | None) -> Dialect:
    if sample and (declared := DECLARED.match(sample[0])):
        delimiter, sample = delimiter or declared[1], sample[1:]
    if delimiter:
        return _fit(sample, delimiter).dialect
    fits = [found for sign in DELIMITERS if (found := _fit(sample, sign)).dialect.width > 1]
    if best := max(fits, key=lambda found: _worth(found, sample), default=None):
        return best.dialect
    return Dialect(",", cuts=find_cuts(sample))


def _fit(sample: Sequence[str], delimiter: str) -> _Fit:
    """The number of cells that most records have, and which part of the records has it. Title lines hardly count."""
    if not any(delimiter in line for line in sample):
        return _Fit(Dialect(delimiter), 0.0)
    pads_quotes = any(f'{delimiter} "' in line for line in sample)
    widths = widths_of(Dialect(delimiter, pads_quotes=pads_quotes), sample)
    wide = Counter({width: times for width, times in widths.items() if width > 1})
    if not wide:
        return _Fit(Dialect(delimiter), 0.0)
    width, times = max(wide.items(), key=lambda item: (item[1] * math.log(item[0] + 1), item[0]))
    return _Fit(Dialect(delimiter, width, pads_quotes), times / (wide.total() + widths[1] / 2))


def widths_of(dialect: Dialect, sample: Sequence[str]) -> Counter[int]:
    """How many records have how many cells. A stray quotation mark costs its own line only."""
    try:
        return Counter(map(len, dialect.reader(sample, strict=True)))
    except csv.Error:
        widths = Counter(map(len, clean_records(sample, dialect)))
    if widths.total() < len(sample) / 2:
        with suppress(csv.Error):  # a cell without end
            widths = Counter(map(len, dialect.reader(sample)))
    return widths


def clean_records(sample: Sequence[str], dialect: Dialect) -> Iterator[list[str]]:
    """The cells of the lines whose quotation marks stand where they may."""
    for line in sample:
        with suppress(csv.Error):
            yield dialect.cut(line)


def _worth(found: _Fit, sample: Sequence[str]) -> float:
    steadiness = found.steady
    if found.dialect.delimiter == "," and not _heads(found.dialect, sample):
        commas = sum(line.count(",") for line in sample)
        decimals = sum(len(DECIMAL_COMMA.findall(line)) for line in sample)
        steadiness *= 1 - 0.9 * decimals / commas
    return steadiness * math.log(found.dialect.width + 1)


def _heads(dialect: Dialect, sample: Sequence[str]) -> bool:
    """Whether the first line names the columns: then what parts the names parts the cells, too."""
    return bool(sample) and sample[0].count(dialect.delimiter) == dialect.width - 1 and not _DIGIT.search(sample[0])


def find_cuts(sample: Sequence[str]) -> tuple[int, ...]:
    """Where columns begin in a text that is padded with blanks: after gutters that (nearly) all lines leave free."""
    lines = [line[:WIDEST].rstrip("\r\n").expandtabs() for line in sample if GUTTER * " " in line.strip()]
    if len(lines) < max(3, len(sample) // 2):
        return ()
    length = min(max(map(len, lines)), WIDEST)
    filled = [sum(position < len(line) and line[position] != " " for line in lines) for position in range(length)]
    free = [count <= len(lines) // 50 for count in filled]
    starts = [0]
    starts += [at for at in range(GUTTER, length) if not free[at] and all(free[at - GUTTER : at])]
    return tuple(starts) if len(starts) > 1 else ()
