"""For how many the price is, and in what part of its currency, as its column says: "per 100", "TEUR", "pence".

Nothing is converted: an amount that is not that of one piece in whole units of its currency is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingestion.pricegrid.vocabulary import normalise, vocabulary

FEWEST_PIECES = 10  # "per 1" is no more than one, "2" may be anything
_YEARS = range(1990, 2100)
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}")
_THOUSANDS = re.compile(r"(?<=\d)[., ](?=000(?!\d))")
_AFTER_SLASH = re.compile(r"(?<![\d/])\s*/\s*(\d{2,6})(?![\d/.,]*\d)\s*(\S*)")


def basis_of(texts: Iterable[str]) -> str:
    """What the first of some texts (a header, number formats, currencies) says of it; empty where none does."""
    return next((found for text in texts if text and (found := _said_in(text))), "")


def _said_in(text: str) -> str:
    text = _THOUSANDS.sub("", _DAY.sub(" ", text))
    words = normalise(text)
    for hit in vocabulary().phrases("price_scale", "price_basis").find(words.split()):
        return " ".join(words.split()[hit.start : hit.end])
    if text.strip() in vocabulary().listed("minor_units"):
        return text.strip()
    return _per_many(words.split()) or _behind_slash(text)


def _per_many(words: list[str]) -> str:
    """ "per 100", "за 1000 шт", "je 100 Stück"; nothing of weights and volumes: what is sold so has its price so."""
    per = vocabulary().phrases("per")
    for at, word in enumerate(words):
        before = " ".join(words[:at])
        if (
            _is_many(word)
            and at
            and any(hit.end == at for hit in per.find(before.split()))
            and not _is_measure(words[at + 1 :])
        ):
            return f"{words[at - 1]} {word}"
    return ""


def _behind_slash(text: str) -> str:
    found = _AFTER_SLASH.search(text)
    if found is None or not _is_many(found[1]) or _is_measure(normalise(found[2]).split()):
        return ""
    return f"/{found[1]}"


def _is_many(word: str) -> bool:
    return word.isdecimal() and int(word) >= FEWEST_PIECES and int(word) not in _YEARS


def _is_measure(words: list[str]) -> bool:
    return bool(words) and (words[0] == "%" or "measure" in vocabulary().phrases("units").exact(words[0]))
