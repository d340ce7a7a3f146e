"""When prices are in force, as a text says it: "gültig ab 01.01.2027", "valid until 31 March 2027"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.values.dates import NamedDay, days_in
from ingestion.pricegrid.vocabulary import normalise, vocabulary

_LONGEST = 500  # characters: whoever says more says something else
_TOPICS = ("from", "until", "to", "from_after", "until_after")
_BETWEEN = re.compile(r"[\s.]*(?:[-–—~～〜]|\.{2,3}|…)\s*")
_LOOSE = " \t\u00a0:.,;-–—(“\"'’年月日년월일"
_WITHOUT_SPACES = "\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af"  # Thai, Japanese, Chinese, Korean


class Period(NamedTuple):
    """Days, both included; None where nothing is said.

    `is_sure` is False where a date is named and nothing says what is to happen on it, or which day it is.
    """

    start: date | None = None
    end: date | None = None
    is_sure: bool = True

    def __bool__(self) -> bool:
        return self.start is not None or self.end is not None


ALWAYS = Period()


def period_of(cells: Iterable[Cell]) -> Period:
    """What the first texts of some say of its start and of its end; what is sure wins."""
    found = [period for cell in cells if isinstance(cell, str) and (period := period_in(cell))]
    sure = [period for period in found if period.is_sure]
    if not sure:
        return max(found, key=lambda period: period.start or date.min, default=ALWAYS)
    start = next((period.start for period in sure if period.start), None)
    return Period(start, next((period.end for period in sure if period.end), None))


@lru_cache(maxsize=4096)
def period_in(text: str) -> Period:
    """What one text says. A date that no word makes the first or the last day is one that is not sure."""
    days = list(days_in(text)) if len(text) <= _LONGEST else []
    if not days:
        return ALWAYS
    both, is_about = _range(text, days), _is_about_validity(text, days)
    if both is not None and _are_years(days):  # "1995 - 2025" is of a company, "2026-2027" of a season
        return Period(both.start, both.end if is_about else None, is_sure=False)
    if not is_about:
        return both or ALWAYS
    start = end = None
    is_sure = True
    for at, day in enumerate(days):
        before = text[days[at - 1].end if at else 0 : day.start]
        after = text[day.end : days[at + 1].start if at + 1 < len(days) else len(text)]
        means = _means(before, after)
        if means == "until" or (means == "to" and start):  # "au 01/01/2027" alone is the day of the list
            end = end or day.last
        elif means == "from":
            start, is_sure = start or day.first, is_sure and not day.is_ambiguous
    if both is not None and start in (None, both.start) and end in (None, both.end):
        return both
    if start or end:
        return Period(start, end, is_sure)
    return Period(max(day.first for day in days), None, is_sure=False)


def _range(text: str, days: list[NamedDay]) -> Period | None:
    """Two dates with nothing but a dash between them."""
    for first, second in pairwise(days):
        if _BETWEEN.fullmatch(text[first.end : second.start]) and first.first <= second.last:
            return Period(first.first, second.last, not (first.is_ambiguous or second.is_ambiguous))
    return None


def _are_years(days: list[NamedDay]) -> bool:
    return all((day.first.month, day.last.month) == (1, 12) for day in days)


def _is_about_validity(text: str, days: list[NamedDay]) -> bool:
    """Whether the text speaks of prices or of what is in force, or of nothing but the days."""
    if vocabulary().phrases("validity.valid").meanings(normalise(text)):
        return True
    rest = text
    for day in reversed(days):
        rest = f"{rest[: day.start]} {rest[day.end :]}"
    return all(_is_of_day(word) for word in normalise(rest).split())


def _is_of_day(word: str) -> bool:
    return any(word in set(_words(topic)) for topic in _TOPICS)


def _words(topic: str) -> Iterator[str]:
    for phrase in vocabulary().listed(f"validity.{topic}"):
        yield from normalise(phrase).split()


def _means(before: str, after: str) -> str:
    """ "from", "until" or "to", by the word right before a date or, in languages that put it there, right behind it."""
    for topic in ("until", "from"):
        if (found := _affix(f"{topic}_after").match(after.casefold())) and found[0]:
            return topic
    topics = ("until", "to", "from")
    ends = {topic: len(found[0]) for topic in topics if (found := _ending(topic).search(before.casefold()))}
    return max(ends, key=ends.__getitem__, default="")  # of two, the longer phrase


@lru_cache
def _affix(topic: str) -> re.Pattern[str]:
    return re.compile(rf"[{re.escape(_LOOSE)}]*(?:{_alternatives(topic)})(?![a-z])")


@lru_cache
def _ending(topic: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W{_WITHOUT_SPACES}])(?:{_alternatives(topic)})[{re.escape(_LOOSE)}]*$")


def _alternatives(topic: str) -> str:
    words = sorted(map(str.casefold, vocabulary().listed(f"validity.{topic}")), key=len, reverse=True)
    return "|".join(map(re.escape, words)) or "(?!)"
