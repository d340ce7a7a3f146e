"""The whole ways in which a sheet can be read: that of first choice, and what differs from it in one thing.

Another row is the header, or none is; another column is the price, the name or the code. `evidence.py` says what each
of them explains, `competition.py` which one it is to be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from ingestion.pricegrid.fields import PRICES, Field
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.records import ColumnGuess, Message
from ingestion.pricegrid.structure.cascade import decided_columns
from ingestion.pricegrid.structure.column_profile import ColumnProfile
from ingestion.pricegrid.structure.columns_by_header import Columns
from ingestion.pricegrid.structure.header import rival_headers
from ingestion.pricegrid.structure.under_header import UnderHeader
from ingestion.pricegrid.vocabulary import match_header

MOST_PRICES, MOST_NAMES, MOST_CODES = 12, 5, 5
_NUMERIC = 0.5
_WORDED = 0.5
_DISTINCT_CODES = 0.5
_BETTER = gettext_noop("Read so, the list as a whole makes most sense")


class DiffersIn(Enum):
    """In what an interpretation differs from that of first choice."""

    NONE = "none"
    HEADER = "header"
    PRICE = "price"
    NAME = "name"
    CODE = "code"


@dataclass(frozen=True)
class Interpretation:
    """`was` is what the column that makes the difference is in that of first choice.

    `rival` is a column that could be the price just as well.
    """

    under: UnderHeader
    columns: Columns
    change: DiffersIn = DiffersIn.NONE
    was: ColumnGuess | None = None
    rival: int | None = None

    @property
    def price(self) -> int | None:
        return self.columns.first(Field.PRICE)

    @property
    def code(self) -> int | None:
        return self.columns.first(Field.SUPPLIER_SKU)

    @property
    def name(self) -> int | None:
        return self.columns.first(Field.NAME)

    @property
    def retail(self) -> int | None:
        return self.columns.first(Field.RETAIL_PRICE)


def first_choice(under: UnderHeader, change: DiffersIn = DiffersIn.NONE) -> Interpretation:
    columns, rival = decided_columns(under)
    return Interpretation(under, columns, change, rival=rival)


def proposals(under: UnderHeader) -> list[Interpretation]:
    """All that are worth looking at, that of first choice first."""
    first = first_choice(under)
    found = [first, *_with_one_change(first)]
    for header in rival_headers(under.sample, under.header, under.hints):
        other = first_choice(UnderHeader(under.sample, header, under.hints), DiffersIn.HEADER)
        if other.price is not None and (other.name is not None or other.code is not None):
            found.append(other)
    return found


def _with_one_change(first: Interpretation) -> Iterator[Interpretation]:
    profiles = first.under.profiles
    keys = {first.price, first.code, *first.columns.of(Field.NAME)}
    free = [column for column in range(first.under.width) if column not in first.columns.given]
    if first.price is None or first.price not in first.columns.given:
        for column in [c for c in free if c not in keys and _may_be_price(profiles[c])][:MOST_PRICES]:
            yield _changed(first, DiffersIn.PRICE, column)
    if first.name is not None and first.name not in first.columns.given:
        others = [c for c in free if c not in keys and _may_be_name(profiles[c])]
        for column in others[:MOST_NAMES]:
            yield _changed(first, DiffersIn.NAME, column)
    if first.code is None or first.code not in first.columns.given:
        others = [c for c in free if c not in keys and _may_be_code(profiles[c])]
        for column in others[:MOST_CODES]:
            yield _changed(first, DiffersIn.CODE, column)
    if first.code is not None and first.code not in first.columns.given and first.name is not None:
        yield _changed(first, DiffersIn.CODE, None)


def _may_be_price(column: ColumnProfile) -> bool:
    return column.numeric >= _NUMERIC and not column.serial and column.leading_zeros < 1 - _NUMERIC


def _may_be_name(column: ColumnProfile) -> bool:
    return column.texts + column.codes >= _WORDED and column.length >= 3 and column.links + column.dates < _WORDED


def _may_be_code(column: ColumnProfile) -> bool:
    coded = column.codes + column.numbers + column.texts >= _WORDED
    return coded and column.distinct >= _DISTINCT_CODES and column.words < 3 and not column.fractions


_FIELDS = {DiffersIn.PRICE: Field.PRICE, DiffersIn.NAME: Field.NAME, DiffersIn.CODE: Field.SUPPLIER_SKU}


def _changed(first: Interpretation, change: DiffersIn, column: int | None) -> Interpretation:
    """The same with another column (or none) for one of its keys; what that was becomes what it is beside the other."""
    field = _FIELDS[change]
    columns = Columns(list(first.columns.guesses), first.columns.given)
    for old in columns.of(field):
        beside = _beside(first, old) if change is DiffersIn.PRICE else Field.CHARACTERISTIC
        columns.set(old, beside, columns.guesses[old].confidence, columns.guesses[old].reason)
    if column is not None:
        columns.set(column, field, columns.guesses[column].confidence, Message(_BETTER))
    was = first.columns.guesses[column] if column is not None else None
    return replace(first, columns=columns, change=change, was=was, rival=None)


def _beside(first: Interpretation, column: int) -> Field:
    """What a column is that was the price, where another one is it."""
    best = next((each for each in match_header(first.under.header.last(column)) if each.field in PRICES), None)
    if best is None:
        return Field.CHARACTERISTIC
    is_free = first.retail is None
    return Field.RETAIL_PRICE if best.field is Field.RETAIL_PRICE and is_free else Field.PRICE_TIER
