"""Whether a price is with or without tax, and at which rate, as a header or a note says it: "HT", "(VAT +23%)"."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ingestion.pricegrid.vocabulary.normal import normalise
from ingestion.pricegrid.vocabulary.phrases import Hit
from ingestion.pricegrid.vocabulary.store import Vocabulary, vocabulary

_RATE = re.compile(r"(?<![\d.,])(\d{1,2}(?:[.,]\d{1,2})?)\s?%")
_RATE_ALONE = re.compile(r"(\d{1,2}(?:[.,]\d{1,4})?)\s?(%?)")
_RATE_DECIMALS = 2
_NEAR = 4  # words between "plus" and the tax that it is about
_HIGHEST = Decimal(35)
_INCLUDED = {"included": True, "excluded": False}


class Tax(NamedTuple):
    """`included` and `rate` (in per cent) are None where the text does not say; `words` are those that do."""

    included: bool | None = None
    rate: Decimal | None = None
    words: str = ""


UNSAID = Tax()


@lru_cache(maxsize=4096)
def tax_of(text: str) -> Tax:
    """What a text says of it; nothing where it contradicts itself."""
    return _said_in(text, vocabulary()) if text else UNSAID


def read_rate(cell: object) -> Decimal | None:
    """The rate that a cell of a column of rates says: 20, "20 %", "VAT 20%"; 0.2 is a part of one."""
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        return _in_range(Decimal(str(cell)))
    text = str(cell or "").strip()
    found = _RATE_ALONE.fullmatch(text)
    return _in_range(Decimal(found[1].replace(",", ".")), is_said=bool(found[2])) if found else tax_of(text).rate


def _in_range(rate: Decimal, *, is_said: bool = False) -> Decimal | None:
    rate = rate * 100 if 0 < rate < 1 and not is_said else rate
    return rate if 0 <= rate <= _HIGHEST and rate == round(rate, _RATE_DECIMALS) else None


def _said_in(text: str, known: Vocabulary) -> Tax:
    rates = _RATE.findall(text)
    words = normalise(_RATE.sub(" ", text)).split()
    taxes = known.phrases("tax.tax").find(words)
    sides = [hit for hit in known.phrases("tax").find(words) if hit.means in _INCLUDED and _is_sure(hit, words, known)]
    found = {_INCLUDED[hit.means] for hit in sides} or {False for hit in taxes if _is_added(hit, words)}
    if not (found or taxes):
        return UNSAID
    rate = Decimal(rates[0].replace(",", ".")) if len(rates) == 1 else None
    said = " ".join(" ".join(words[hit.start : hit.end]) for hit in sides or taxes)
    return Tax(found.pop() if len(found) == 1 else None, rate if rate is not None and rate <= _HIGHEST else None, said)


def _is_sure(hit: Hit[str], words: list[str], known: Vocabulary) -> bool:
    """ "Incl." may be about freight, "gross" about a discount: only where they stand by a tax are they about that."""
    said = " ".join(words[hit.start : hit.end])
    near = " ".join(words[hit.end : hit.end + _NEAR])
    return not known.phrases("tax_unsure").exact(said) or bool(known.phrases("tax.tax").meanings(near))


def _is_added(hit: Hit[str], words: list[str]) -> bool:
    return "+" in words[max(hit.start - 1, 0) : hit.end + 1]
