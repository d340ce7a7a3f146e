"""How a text is cut into cells: by which delimiter, or at which positions."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

DELIMITERS = (";", "\t", "|", ",", "^")
DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,4}(?!\d))")
SAMPLE_RECORDS = 500
DECLARED = re.compile(r'^"?sep=(.)"?\s*$', re.IGNORECASE)
WIDEST = 2000  # characters of a line that anybody would pad
GUTTER = 2  # blanks that part two columns of a text without delimiters


class Dialect(NamedTuple):
    """`width` is the usual number of cells; `cuts` are the first positions of the columns of a fixed-width text.

    `pads_quotes` where a blank stands between the delimiter and a quoted cell.
    """

    delimiter: str
    width: int = 1
    pads_quotes: bool = False
    cuts: tuple[int, ...] = ()

    def reader(self, lines: Iterable[str]) -> Iterator[list[str]]:
        return csv.reader(lines, delimiter=self.delimiter, skipinitialspace=self.pads_quotes)


class _Fit(NamedTuple):
    dialect: Dialect
    steady: float


def find_dialect(sample: Sequence[str], delimiter: str | None = None) -> Dialect:
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
    widths = widths_of(Dialect(delimiter, pads_quotes=pads_quotes).reader(sample))
    wide = Counter({width: times for width, times in widths.items() if width > 1})
    if not wide:
        return _Fit(Dialect(delimiter), 0.0)
    width, times = max(wide.items(), key=lambda item: (item[1] * math.log(item[0] + 1), item[0]))
    return _Fit(Dialect(delimiter, width, pads_quotes), times / (wide.total() + widths[1] / 2))


def widths_of(records: Iterator[list[str]]) -> Counter[int]:
    """How many records have how many cells; a cell without end, from a stray quotation mark, ends the count."""
    widths: Counter[int] = Counter()
    with suppress(csv.Error):
        widths.update(map(len, records))
    return widths


def _worth(found: _Fit, sample: Sequence[str]) -> float:
    steadiness = found.steady
    if found.dialect.delimiter == ",":
        commas = sum(line.count(",") for line in sample)
        decimals = sum(len(DECIMAL_COMMA.findall(line)) for line in sample)
        steadiness *= 1 - 0.9 * decimals / commas
    return steadiness * math.log(found.dialect.width + 1)


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
