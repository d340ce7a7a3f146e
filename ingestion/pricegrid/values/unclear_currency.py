"""What a cell says in place of a currency: one that may be several, or a unit that is none (points, gold, per cent)."""

from __future__ import annotations

import re
from functools import lru_cache

from ingestion.pricegrid.problems import prices
from ingestion.pricegrid.records import Message
from ingestion.pricegrid.values.currency import currencies_named, shown_by_format
from ingestion.pricegrid.values.price_basis import currency_of_minor
from ingestion.pricegrid.vocabulary import vocabulary

_NO_WORD = re.compile(r"[\W\d_]*")


@lru_cache(maxsize=1024)
def unclear_currency(text: str, home: str | None) -> Message | None:
    """Why a text beside an amount does not tell its currency; None where it tells it, or says nothing of one."""
    text = text.strip()
    family = currencies_named(text)
    if family is not None and family.codes and family.choose(home) is None:
        return prices.WHICH_CURRENCY.message(value=text, codes=", ".join(family.codes))
    if family is None and names_another_unit(text):
        return prices.NO_SUCH_CURRENCY.message(value=text)
    return None


@lru_cache(maxsize=1024)
def no_currency(text: str, home: str | None) -> Message | None:
    """The same of a cell in a column of currencies, in which any word has to be one."""
    problem = unclear_currency(text, home)
    is_word = not _NO_WORD.fullmatch(text) or "%" in text
    if problem is not None or not is_word or currencies_named(text) is not None:
        return problem
    is_part = currency_of_minor(text.strip()) is not None or vocabulary().phrases("price_scale").meanings(text)
    return None if is_part else prices.NO_SUCH_CURRENCY.message(value=text.strip())


def names_another_unit(text: str) -> bool:
    return bool(vocabulary().phrases("not_currencies").meanings(text))


def unclear_format(number_format: str | None, home: str | None) -> Message | None:
    """The same of what a number format shows beside the number."""
    return unclear_currency(text, home) if (text := shown_by_format(number_format)) else None
