"""What a row between the items says of the currency of those below: "Prices in USD", "Pumps (EUR)"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ingestion.pricegrid.fields import PRICES
from ingestion.pricegrid.values.currency import currencies_named
from ingestion.pricegrid.vocabulary import match_header, normalise, vocabulary
from ingestion.pricegrid.vocabulary.contacts import without_addresses
from ingestion.pricegrid.vocabulary.currencies import currency_finder

_LONGEST = 120
_KNOWN = ("headers.price", "headers_alone.price", "headers.currency", "fillers", "price_label", "tax", "rows.note")
_AT_THE_END = re.compile(r"(?:[(\[]\s*([^()\[\]]+?)\s*[)\]]|[,:–—-]\s*([^\s,:–—-]+))\s*$")
_RATE = re.compile(r"\d+(?:[.,]\d+)?\s?%")  # of a tax
_CODE_OR_SIGN = re.compile(r"[A-Z]{3}|[^\w\s]{1,2}|[A-Z]{1,3}[^\w\s]")


class SaidCurrency(NamedTuple):
    """`code` is None where it may be several; `is_for_all`: of all that follows, not only of one section."""

    text: str
    code: str | None
    is_for_all: bool


@lru_cache(maxsize=512)
def currency_said(text: str, home: str | None = None) -> SaidCurrency | None:
    """None where a text names no currency, or more than one, or no currency of prices (a rate, a bank account)."""
    text = " ".join(text.split())
    family = currencies_named(text) if len(text) <= _LONGEST else None
    if family is None or not family.codes:
        return None
    rest = currency_finder().without(without_addresses(text))
    if any(map(str.isdigit, _RATE.sub("", rest))):
        return None
    speaks_of_prices = any(match.field in PRICES for match in match_header(text))
    if not normalise(rest) or vocabulary().phrases(*_KNOWN).covers(rest):
        return SaidCurrency(text, family.choose(home), is_for_all=True)
    end = _AT_THE_END.search(text)
    named = next(filter(None, end.groups()), "") if end else ""
    at_the_end = _CODE_OR_SIGN.fullmatch(named) and currencies_named(named)
    inside = currencies_named(named) if named and any(m.field in PRICES for m in match_header(named)) else None
    if at_the_end or inside:
        return SaidCurrency(text, family.choose(home), is_for_all=False)
    return SaidCurrency(text, family.choose(home), is_for_all=True) if speaks_of_prices else None
