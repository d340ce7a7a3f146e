"""What was decided about one sheet, ready for reading its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ingestion.pricegrid.cells.letters import column_letter
from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.structure.break_columns import BreakColumn
from ingestion.pricegrid.structure.columns_by_header import Columns
from ingestion.pricegrid.structure.fact_columns import FactColumn
from ingestion.pricegrid.structure.header import Header
from ingestion.pricegrid.structure.period_columns import PeriodColumns
from ingestion.pricegrid.structure.price_terms import PLAIN_TERMS, PriceTerms
from ingestion.pricegrid.values.numbers import Thousandths


class Triple(NamedTuple):
    """A characteristic written as columns beside one another: its name, perhaps its unit, its value."""

    name: int
    unit: int | None
    value: int


@dataclass(frozen=True)
class Layout:
    """Column numbers count from 0. `sheet` is the name that items carry; None for text files."""

    sheet: str | None
    mode: str
    header: Header
    width: int
    labels: tuple[str, ...]
    price: int | None
    code: int | None = None
    names: tuple[int, ...] = ()
    names_are_composed: bool = False
    terms: PriceTerms = PLAIN_TERMS  # of the price
    retail: int | None = None
    breaks: tuple[BreakColumn, ...] = ()  # with the price column
    periods: PeriodColumns | None = None
    money: tuple[int, ...] = ()
    currency_column: int | None = None
    currency: str | None = None
    default_currency: str | None = None
    home: str | None = None  # which currencies a shared sign means
    decimal: str | None = None
    thousandths: Thousandths = Thousandths.SURE
    footnotes: bool = False  # some prices bear the mark of one
    stock: tuple[int, ...] = ()
    categories: tuple[int, ...] = ()
    characteristics: tuple[int, ...] = ()
    varied: frozenset[int] = frozenset()
    further_codes: frozenset[int] = frozenset()  # of the characteristics
    triples: tuple[Triple, ...] = ()
    facts: tuple[FactColumn, ...] = ()
    telling: tuple[int, ...] = ()
    carried_down: frozenset[int] = frozenset()
    codes_optional: bool = False
    codes_have_fractions: bool = False
    zero_is_price: bool = False
    sections: str = "auto"
    category_prefix: tuple[str, ...] = ()
    formats: frozenset[int] = field(default_factory=frozenset)

    @property
    def has_periods(self) -> bool:
        """Whether each row says when its price is in force."""
        return self.periods is not None

    @property
    def has_minimums(self) -> bool:
        """Whether each row says from which quantity on its price is."""
        return any(fact.name == Field.MINIMUM_ORDER for fact in self.facts)


def labels_of(columns: Columns, header: Header) -> tuple[str, ...]:
    """A name for every column: its header text, made unique, or its letter."""
    labels: list[str] = []
    taken: set[str] = set()
    for column, guess in enumerate(columns.guesses):
        text = " ".join(guess.header.split()) or column_letter(column)
        labels.append(text if text not in taken else f"{text} ({column_letter(column)})")
        taken.add(labels[-1])
    return tuple(labels)
