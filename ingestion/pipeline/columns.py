"""The columns of an item, declared once: the stage, COPY, the comparison and what is written follow from these lines.

A column of the catalog that lists may tell is one line here. `parts.py` makes the expressions of the statements from
it (tests/ingestion/pipeline/golden holds what comes out), `staging/` the lines for COPY.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import Any

from ingestion.pricegrid import LONGEST_CODE, LONGEST_NAME, Batch, Item, ItemFacts, PriceBreak
from ingestion.pricegrid.contract import (
    BARCODE_DIGITS,
    COUNTRY_LETTERS,
    DECIMALS,
    DIGITS,
    LONGEST_ADDRESS,
    LONGEST_UNIT,
    LONGEST_WORD,
)
from ingestion.texts import notes_to_json

CATEGORY_SEPARATOR = "\x1f"  # between the levels of a category


class Type(StrEnum):
    """The SQL types of columns."""

    TEXT = "text"
    AMOUNT = f"numeric({DIGITS}, {DECIMALS})"
    WEIGHT = f"numeric({DIGITS}, 6)"
    RATE = "numeric(5, 2)"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    JSON = "jsonb"


class Fate(StrEnum):
    """What becomes of a row of `delta`: a difference between a list and the catalog."""

    NEW = "new"
    CHANGED = "changed"
    MISSING = "missing"
    HELD = "held"  # too suspicious to go in: a person decides
    REJECTED = "rejected"  # a person has decided before on the same value


@dataclass(frozen=True)
class ColumnGroup:
    """Columns that change together: `delta` has one flag for them, `<name>_changed`."""

    name: str
    modes: tuple[str, ...] = ("full",)  # of the lists that tell them
    is_optional: bool = False  # compared only where the list has such a column: another list may keep it up to date

    @property
    def flag(self) -> str:
        return f"{self.name}_changed"


CODE = ColumnGroup("code")  # how it is written: an item is known by its key
PRICE = ColumnGroup("price", modes=("full", "prices"))
NAME = ColumnGroup("name")
CHARACTERISTICS = ColumnGroup("characteristics")
RETAIL = ColumnGroup("retail", modes=("full", "prices"), is_optional=True)
STOCK = ColumnGroup("stock", modes=("full", "prices", "stock"), is_optional=True)
NOTES = ColumnGroup("notes", modes=("full", "prices"))
PRICE_BREAKS = ColumnGroup("price_breaks", modes=("full", "prices"), is_optional=True)
TAXES = ColumnGroup("tax", modes=("full", "prices"), is_optional=True)  # rate and side


def nothing(_: Item | Batch | ItemFacts) -> None:
    """What they say of a column that is not read from them."""


def itself(value: Any) -> Any:
    """A value that is kept as it is said."""
    return value


@dataclass(frozen=True)
class Column:
    name: str  # in the stage and in `delta`
    type: Type
    of: Callable[[Item], Any] = nothing  # None where the item does not say it
    of_batch: Callable[[Batch], Sequence[Any] | None] = nothing  # one value an item; None: none says it
    change: ColumnGroup | None = None  # None: a later list never changes it
    catalog: str = ""  # the column of a supplier's item, by which `Change.old`, `.new` and `listed` have it, too
    absent: str = ""  # SQL for what the catalog holds where the list says nothing, if not NULL
    is_wide: bool = False  # stays in the stage: `delta` has it only where it changed. Never NULL
    longest: int | None = None  # characters
    is_repetitive: bool = False  # a list has few different values
    on_error: str = ""  # in the line for COPY of a row that is no item
    of_facts: Callable[[ItemFacts], Any] = nothing  # it is one of `Item.facts`, which most items have none of
    kept: Callable[[Any], Any] = itself  # what the catalog holds of a fact

    @property
    def is_fact(self) -> bool:
        return self.of_facts is not nothing


def fact(name: str, type_: Type, change: ColumnGroup | None = None, **more: Any) -> Column:
    """What a buyer compares by: a group of its own unless it says another."""
    group = change or ColumnGroup(name, is_optional=True)
    of_facts = compose(more.get("kept", itself), attrgetter(name))
    of = compose(of_facts, attrgetter("facts"))
    return Column(name, type_, of, change=group, catalog=name, of_facts=of_facts, **more)


def compose(second: Callable[[Any], Any], first: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: second(first(value))


def breaks_to_json(breaks: Sequence[PriceBreak] | None) -> list[dict[str, float]] | None:
    """As the catalog has them. Amounts of fourteen figures at most are exact as floats."""
    return [{name: float(amount) for name, amount in each._asdict().items()} for each in breaks] if breaks else None


PLACE = (Column("row_number", Type.INTEGER), Column("sheet", Type.TEXT))
KEY = Column("sku_key", Type.TEXT)  # by which codes are compared (`staging/batch_lines.py`)
ITEM = (
    Column(
        "supplier_sku", Type.TEXT, attrgetter("supplier_sku"), attrgetter("codes"),
        CODE, "supplier_sku", is_wide=True, longest=LONGEST_CODE,
    ),
    Column("sku_is_derived", Type.BOOLEAN, attrgetter("sku_is_derived"), catalog="sku_is_derived", on_error="f"),
    Column(
        "name", Type.TEXT, attrgetter("name"), attrgetter("names"),
        NAME, "name", is_wide=True, longest=LONGEST_NAME,
    ),
    Column("price", Type.AMOUNT, attrgetter("price"), attrgetter("prices"), PRICE, "current_price"),
    Column(
        "currency", Type.TEXT, attrgetter("currency"), attrgetter("currencies"),
        PRICE, "currency", longest=3, is_repetitive=True,
    ),
    Column(
        "per_quantity", Type.INTEGER, lambda item: None if item.per_quantity == 1 else item.per_quantity,
        change=PRICE, catalog="per_quantity", absent="1",
    ),
    Column(
        "retail_price", Type.AMOUNT, attrgetter("retail_price"), attrgetter("retail_prices"),
        RETAIL, "retail_price",
    ),
    Column(
        "stock", Type.INTEGER, lambda item: item.stock and item.stock.quantity, attrgetter("stocks"),
        STOCK, "stock",
    ),
    Column(
        "availability", Type.TEXT, lambda item: item.stock and item.stock.availability, attrgetter("stocks"),
        STOCK, "availability", absent="''",
    ),
    Column("category", Type.TEXT, lambda item: CATEGORY_SEPARATOR.join(item.category_path)),
    Column(
        "characteristics", Type.JSON, attrgetter("characteristics"),
        change=CHARACTERISTICS, catalog="characteristics", is_wide=True,
    ),
    Column("notes", Type.JSON, lambda item: notes_to_json(item.notes) or None, change=NOTES, catalog="notes"),
    fact("brand", Type.TEXT, longest=LONGEST_WORD),
    fact("mpn", Type.TEXT, longest=LONGEST_WORD),
    fact("barcode", Type.TEXT, longest=BARCODE_DIGITS),
    fact("unit", Type.TEXT, longest=LONGEST_UNIT),
    fact("pack_size", Type.AMOUNT),
    fact("minimum_order", Type.AMOUNT),
    fact("order_multiple", Type.AMOUNT),
    fact("price_breaks", Type.JSON, PRICE_BREAKS, kept=breaks_to_json),
    fact("tax_rate", Type.RATE, TAXES),
    fact("tax_included", Type.BOOLEAN, TAXES),
    fact("country", Type.TEXT, longest=COUNTRY_LETTERS),
    fact("lead_time", Type.INTEGER),
    fact("weight", Type.WEIGHT),
    fact("link", Type.TEXT, longest=LONGEST_ADDRESS),
    fact("picture", Type.TEXT, longest=LONGEST_ADDRESS),
)  # fmt: skip
ERROR = (
    Column("error_type", Type.TEXT),
    Column("message", Type.TEXT),
    Column("cause", Type.TEXT),
    Column("row_data", Type.JSON),
)
COPIED = (*PLACE, KEY, *ITEM, *ERROR)

CHANGES = tuple(dict.fromkeys(column.change for column in ITEM if column.change))
OPTIONAL = tuple(change for change in CHANGES if change.is_optional)
EVERYTHING = frozenset(change.name for change in OPTIONAL)  # of a list that tells all that lists may tell
FACTS = tuple(column for column in ITEM if column.is_fact)
LISTED = tuple(column for column in ITEM if column.change)
BY_GROUP: Mapping[ColumnGroup, tuple[Column, ...]] = {
    change: tuple(column for column in ITEM if column.change is change) for change in CHANGES
}
