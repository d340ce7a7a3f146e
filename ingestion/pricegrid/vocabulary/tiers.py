"""The least quantity (or sum) that a price column is for: `от 10 шт`, `10-49`, `100+ pcs`, `ab 50 Stück`."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ingestion.pricegrid.contract import is_quantity
from ingestion.pricegrid.vocabulary.currencies import currency_finder
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
    if leading.endswith("/"):  # "€/100 pcs" says for how many a price is
        return None
    if words.phrases("up_to").ends(leading):
        return Tier(0)
    from_before, from_behind = words.phrases("from", "more_than", "least_quantity"), words.phrases("from_behind")
    if from_before.ends(leading) or from_behind.starts(after) or words.phrases("units.piece").starts(after):
        return Tier(number)
    return Tier(number, plain=True) if number not in _YEARS else None


def find_quantity(text: str, words: Vocabulary) -> Tier | None:
    """The least quantity of pieces that a header or a cell names; not a sum of money, a number of packs or a weight.

    >>> find_quantity("10-49 pcs", load_vocabulary())
    Tier(minimum=10, plain=False)
    """
    tier = find_tier(text, words)
    if tier is None or any(_counts_others(text, number, words) for number in re.finditer(_NUMBER, text)):
        return None
    minimum = max(tier.minimum, 1)
    return Tier(minimum, tier.plain) if is_quantity(Decimal(minimum)) else None


def _counts_others(text: str, number: re.Match[str], words: Vocabulary) -> bool:
    """Whether it is money ("from $500", "от 10 тыс. руб."), packs, a weight, or the basis of a price ("per 100")."""
    before, after = text[: number.start()], text[number.end() :].lstrip(" +")
    is_basis = words.phrases("per").ends(before) and not words.phrases("from", "more_than", "up_to").ends(before)
    if is_basis or words.phrases("price_scale").starts(after):
        return True
    beside = f"{before.split()[-1] if before.strip() else ''} 0 {after.split()[0] if after else ''}"
    if currency_finder().find(beside) is not None:
        return True
    return words.phrases("units.measure", "containers", "price_kinds.measure").starts(after)


def _value(digits: str) -> int:
    return int(re.sub(r"\D", "", digits))
