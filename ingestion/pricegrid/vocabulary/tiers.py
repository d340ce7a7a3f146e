"""The least quantity (or sum) that a price column is for: `от 10 шт`, `10-49`, `100+ pcs`, `ab 50 Stück`."""

import re
from functools import lru_cache
from typing import NamedTuple

from ingestion.pricegrid.vocabulary.store import Vocabulary

_NUMBER = r"(?<![\d.,])(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?![\d]|[.,]\d|\s?%)"
_BEFORE_AFTER = re.compile(rf"(?P<before>.*?){_NUMBER}(?P<after>.*)", re.DOTALL)
_OPEN_END = re.compile(rf"{_NUMBER}\s?\+|[>≥]=?\s?{_NUMBER}")
_UP_TO = re.compile(rf"[<≤]=?\s?{_NUMBER}")
_LAST_WORDS = 3
_YEARS = range(1990, 2100)


class Tier(NamedTuple):
    """The minimum, and whether the header says in words or signs that it is one."""

    minimum: int
    plain: bool = False


def find_tier(text: str, words: Vocabulary) -> Tier | None:
    """What a header says of quantities; a plain number is only a guess (`plain`)."""
    if found := _ranges(words).search(text):
        first, second = _value(found[1]), _value(found[2])
        return Tier(first) if first < second else None
    if found := _OPEN_END.search(text):
        return Tier(_value(found[1] or found[2]))
    if _UP_TO.search(text):
        return Tier(0)
    found = _BEFORE_AFTER.fullmatch(text)
    return _by_words(found["before"], _value(found[2]), found["after"], words) if found else None


@lru_cache(maxsize=4)
def _ranges(words: Vocabulary) -> re.Pattern[str]:
    """Two numbers with a sign or a word between them: `10-49`, `10 bis 49`."""
    return re.compile(rf"{_NUMBER}\s?(?:-|–|—|\.\.+|…|~|{words.pattern('ranges')})\s?{_NUMBER}")


def _by_words(before: str, number: int, after: str, words: Vocabulary) -> Tier | None:
    leading = " ".join(before.split()[-_LAST_WORDS:])
    if words.phrases("up_to").ends(leading):
        return Tier(0)
    if words.phrases("from", "more_than").ends(leading) or words.phrases("units.piece").starts(after):
        return Tier(number)
    return Tier(number, plain=True) if number not in _YEARS else None


def _value(digits: str) -> int:
    return int(re.sub(r"\D", "", digits))
