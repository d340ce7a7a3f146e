"""What a cell says beyond its fact: only that stands among the characteristics, too, for nothing is kept twice.

"DE" and "Germany" say the country and no more; "12x500ml" says more than a pack of twelve, "2-3 weeks" more than 21
days, "5 cartons" more than five.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

_Says = Callable[[str], Any]
_BLANK = re.compile(r"\s")
_DIGIT = re.compile(r"\d")
_MOST_DIGITS = 14
_NUMBER = re.compile(r"[\d\s.,'’]+")
_MEASURE = re.compile(r"[\d\s.,'’]+[^\W\d]*\.?")  # a number, and one word
_RATE = re.compile(r"[\d\s.,]+%?")
_WORDS = re.compile(r"[^\d/,;(&+]+")


def _nothing(_: str) -> bool:
    return False


def _unlike(pattern: re.Pattern[str]) -> _Says:
    return lambda text: not pattern.fullmatch(text)


SAYS_MORE: Mapping[str, _Says] = {
    "brand": _nothing,
    "mpn": _nothing,
    "barcode": lambda text: len(text) > _MOST_DIGITS and len(_DIGIT.findall(text)) > _MOST_DIGITS,
    "unit": _unlike(_WORDS),
    "pack_size": _unlike(_NUMBER),
    "minimum_order": _unlike(_NUMBER),
    "order_multiple": _unlike(_NUMBER),
    "tax_rate": _unlike(_RATE),
    "country": _unlike(_WORDS),
    "lead_time": _unlike(_MEASURE),
    "weight": _unlike(_MEASURE),
    "link": _BLANK.search,
    "picture": _BLANK.search,
}  # whether the text of a cell says more than the fact that was read from it


def text_left_over(fact: str, value: object, text: str) -> str:
    """The text that stays a characteristic; none where the fact says it all."""
    return text if text and (value is None or SAYS_MORE[fact](text)) else ""


def says_all(fact: str, values: Sequence[object]) -> bool:
    """Whether not even the texts of a column need be looked at."""
    return SAYS_MORE[fact] is _nothing and None not in values


def texts_left_over(fact: str, values: Sequence[object], texts: Sequence[str]) -> Sequence[str]:
    """Of a column, whose texts mostly repeat; nothing where no text stays."""
    says_more = SAYS_MORE[fact]
    more = {text for text in set(texts) if text and says_more(text)}
    if not more and None not in values:
        return ()
    return [text if value is None or text in more else "" for text, value in zip(texts, values, strict=True)]
