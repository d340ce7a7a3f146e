"""What understanding a list gives: items, errors, and the reading that streams them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from ingestion.pricegrid.fields import Field


class Message(NamedTuple):
    """A text for people: English with %(name)s placeholders, translated where it is shown or stored.

    `code` is that of its problem, in `problems/` (empty: it is none); texts may change, codes do not.
    """

    template: str
    params: Mapping[str, object] = {}
    code: str = ""

    def __str__(self) -> str:
        return self.template % self.params if self.params else self.template


class Stock(NamedTuple):
    """What is there; availability is in_stock, on_order, out_of_stock or empty (not known)."""

    quantity: int | None
    availability: str


LONGEST_CODE = 255
LONGEST_NAME = 500


class PriceBreak(NamedTuple):
    """The price from a quantity on: `minimum` in what is ordered, `price` like the item's (same currency and basis)."""

    minimum: Decimal
    price: Decimal


class ItemFacts(NamedTuple):
    """What buyers compare by; None where the list does not say it.

    `barcode` has 14 digits with a valid check digit; quantities are in what is ordered; `tax_rate` is in per cent,
    `tax_included` whether the price includes it; `country` is ISO 3166-1 alpha-2, `lead_time` in days, `weight` in
    kilograms; `link` and `picture` are addresses.
    """

    brand: str | None = None
    mpn: str | None = None
    barcode: str | None = None
    unit: str | None = None
    pack_size: Decimal | None = None
    minimum_order: Decimal | None = None
    order_multiple: Decimal | None = None
    price_breaks: tuple[PriceBreak, ...] | None = None
    tax_rate: Decimal | None = None
    tax_included: bool | None = None
    country: str | None = None
    lead_time: int | None = None
    weight: Decimal | None = None
    link: str | None = None
    picture: str | None = None


NO_FACTS = ItemFacts()


def item_facts(said: Mapping[str, Any], beside: ItemFacts = NO_FACTS) -> ItemFacts:
    """The facts by their names, beside others; those of an item that says none are `NO_FACTS` itself."""
    found = {name: value for name, value in said.items() if value is not None}
    return beside._replace(**found) if found else beside


class Item(NamedTuple):
    """A row that can be used.

    `row_number` counts from 1 as people see it; `price` and `retail_price` have four decimals at the most and are None
    where the list gives none (as a list of stocks does); currencies are ISO 4217. `category_path` goes from the top
    down, `characteristics` are texts by header. `sku_is_derived` says that the list has no codes and this one was made
    of the name; `sheet` is None in a text. `notes` say what must not be overlooked: what was repaired, what the list
    says beside a value. `price` is for `per_quantity` pieces, in force from `valid_from` to `valid_until`, both
    included, where the list says so.
    """

    row_number: int
    supplier_sku: str
    name: str
    price: Decimal | None
    currency: str | None
    retail_price: Decimal | None = None
    stock: Stock | None = None
    category_path: tuple[str, ...] = ()
    characteristics: Mapping[str, str] = {}
    sku_is_derived: bool = False
    sheet: str | None = None
    notes: tuple[Message, ...] = ()
    per_quantity: int = 1
    valid_from: date | None = None
    valid_until: date | None = None
    facts: ItemFacts = NO_FACTS


class RowError(NamedTuple):
    """A row that cannot be used; row_data holds what stood in it, by header text or column letter."""

    row_number: int | None
    error_type: str
    message: Message
    row_data: Mapping[str, str]
    sheet: str | None = None


class ListRefused(Exception):
    """The list as a whole cannot be used; the message says why and what to do."""

    def __init__(self, message: Message, error_type: str = "ParserError", *, answerable: bool = False) -> None:
        super().__init__(str(message))
        self.message = message
        self.error_type = error_type
        self.answerable = answerable  # a person who says what is what can get it read
        self.sheets: list[SheetUnderstanding] = []  # what was understood nevertheless


class ColumnGuess(NamedTuple):
    """What a column was taken for, how sure that is (0..1), and why in words.

    `samples` are some of its values, `shape` what they look like in figures: they tell a changed list from a known one.
    """

    letter: str
    header: str
    field: Field
    confidence: float
    reason: Message
    samples: tuple[str, ...] = ()
    shape: Mapping[str, float] = {}
    is_given: bool = False  # people have said so


@dataclass
class SheetUnderstanding:
    """What was made of one sheet: whether it is read and why, and then where everything is."""

    name: str | None
    chosen: bool
    reason: Message
    header_rows: list[int] = field(default_factory=list)
    data_start_row: int | None = None
    columns: list[ColumnGuess] = field(default_factory=list)
    currency: str | None = None
    lacks_currency: bool = False  # neither it nor whoever knows the supplier says in which one its prices are
    decimal_sign: str | None = None
    mode: str = ""
    confidence: float = 0.0  # how probable it is that its prices, codes and names are read rightly
    valid_from: date | None = None  # the first and the last day on which its prices are in force, as it says itself
    valid_until: date | None = None
    contest: Message | None = None  # what is asked where that is not enough: the two most probable ways to read it
    notes: list[Message] = field(default_factory=list)
    doubts: list[Message] = field(default_factory=list)  # what only a person can answer


class Reading(Protocol):
    """What a parser's open() returns: the understanding first, then the rows, streamed in their order.

    `skipped` and `rows_read` are complete once the rows have been consumed; `rows_expected` may be unknown.
    """

    @property
    def sheets(self) -> Sequence[SheetUnderstanding]: ...

    @property
    def mode(self) -> str: ...

    @property
    def notes(self) -> Sequence[Message]: ...

    @property
    def skipped(self) -> Counter[str]: ...

    @property
    def rows_read(self) -> int: ...

    @property
    def rows_expected(self) -> int | None: ...

    def __iter__(self) -> Iterator[Item | RowError]: ...

    def close(self) -> None: ...
