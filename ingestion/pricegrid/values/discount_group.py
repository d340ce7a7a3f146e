"""What a text says of a group of discounts: its code ("Rabattgruppe A", "RG 2"), or the discount of it ("A: 35 %")."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from ingestion.pricegrid.vocabulary import normalise, vocabulary
from ingestion.pricegrid.vocabulary.phrases import Phrases
from ingestion.pricegrid.vocabulary.store import Vocabulary

_LONGEST = 80
_MOST_WORDS = 2  # of a code: "A 1"
_RATE = re.compile(r"(?<![\d.,])[-\u2212]?\s?(\d{1,2}(?:[.,]\d{1,2})?)\s?%")
_PAIR = re.compile(r"(?<!\w)(\w{1,6})\s*[:=\u2013\u2014-]?\s*[-\u2212]?(\d{1,2}(?:[.,]\d{1,2})?)\s?%")


@lru_cache(maxsize=4)
def _names(words: Vocabulary) -> Phrases[str]:
    """What groups of discounts are called; some headers of the same kind are discounts themselves, or for cash."""
    others = words.listed("discount_rate") | words.listed("discount_if")
    headers = words.listed("headers.characteristic:discount") - others
    return Phrases([(word, "group") for word in (*headers, *words.listed("discount_groups"))])


def names_group(header: str) -> bool:
    return bool(_names(vocabulary()).meanings(header))


def code_of_group(text: str) -> str:
    """The code as groups are compared by it, without the words that say that it is one: that of "RG A" is "a"."""
    words = normalise(text).split() if len(text) <= _LONGEST else []
    if len(words) > 1:
        for hit in _names(vocabulary()).find(words):
            words[hit.start : hit.end] = [""] * (hit.end - hit.start)
    code = list(filter(None, words))
    return " ".join(code) if len(code) <= _MOST_WORDS else ""


@lru_cache(maxsize=1024)
def group_named(text: str) -> str:
    """The code behind the words that say that it is one, wherever they stand: "Pumps (RG A)"; else empty."""
    words = normalise(text).split() if len(text) <= _LONGEST else []
    ends = [hit.end for hit in _names(vocabulary()).find(words) if hit.end < len(words)]
    return " ".join(words[ends[-1] :]) if ends and len(words) - ends[-1] <= _MOST_WORDS else ""


@lru_cache(maxsize=1024)
def heads_groups(header: str) -> bool:
    """Whether nothing but a group of discounts is what it says."""
    is_kind = bool(vocabulary().phrases("price_kinds.discount").exact(header))  # "Code", "Group"
    return (is_kind and not vocabulary().phrases("discount_rate").exact(header)) or _names(vocabulary()).covers(header)


@lru_cache(maxsize=1024)
def is_about_discounts(text: str) -> bool:
    return len(text) <= _LONGEST and (names_group(text) or bool(vocabulary().phrases("discount_rate").meanings(text)))


def rates_said(text: str) -> dict[str, Decimal]:
    """The discounts of the groups that a line names: "Discount groups: A = 35 %, B = 40 %"."""
    if "%" not in text or not names_group(text):
        return {}
    pairs = ((code_of_group(code), rate) for code, rate in _PAIR.findall(text))
    return {code: Decimal(rate.replace(",", ".")) for code, rate in pairs if code}


def rate_in(text: str) -> Decimal | None:
    """The one discount in per cent that a text names."""
    found = _RATE.findall(text)
    return Decimal(found[0].replace(",", ".")) if len(found) == 1 else None


def rate_alone(text: str) -> Decimal | None:
    return rate_in(text) if _RATE.fullmatch(text.strip()) else None
