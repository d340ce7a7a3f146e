"""The contract of an item, checked in the hot path: by comparison chains that tests prove equal to the JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.problems import Problem, items
from ingestion.pricegrid.records import (
    LONGEST_CODE,
    LONGEST_NAME,
    NO_FACTS,
    Item,
    ItemFacts,
    Message,
    PriceBreak,
    Stock,
)

__all__ = [
    "BARCODE_DIGITS",
    "COUNTRY_LETTERS",
    "DECIMALS",
    "DIGITS",
    "FITTING",
    "LARGEST_INTEGER",
    "LONGEST_ADDRESS",
    "LONGEST_UNIT",
    "LONGEST_WORD",
    "TOO_MUCH",
    "Checker",
    "Refused",
    "is_stock",
    "raw_of",
    "refuse",
]

DECIMAL_ZERO = Decimal(0)
LARGEST_INTEGER = 2**31 - 1
DIGITS, DECIMALS = 14, 4  # of amounts of money
BARCODE_DIGITS, COUNTRY_LETTERS = 14, 2
LONGEST_UNIT, LONGEST_WORD, LONGEST_ADDRESS = 20, 100, 2000  # characters; a word is a brand, or a part number
LONGEST_LEAD_TIME = 3650  # days
LEAST_QUANTITY = Decimal("0.00005")  # rounded, less would be nothing
TOO_HEAVY = Decimal("99999999.9999995")  # kilograms
_BARCODE = re.compile("[0-9]{14}")
_COUNTRY = re.compile("[A-Z]{2}")
_ADDRESS = re.compile(r"https?://\S+")
TOO_MUCH = Decimal(10) ** (DIGITS - DECIMALS) - Decimal(5).scaleb(-DECIMALS - 1)  # rounded, it would not fit
AVAILABILITIES = frozenset(("in_stock", "on_order", "out_of_stock", ""))


class Refused(Exception):
    """An item that does not keep the contract."""

    def __init__(self, problem: Problem, /, **params: object) -> None:
        super().__init__(problem.code)
        self.message = problem.message(**params)


def is_amount(value: Decimal) -> bool:
    try:
        return DECIMAL_ZERO <= value < TOO_MUCH
    except InvalidOperation:  # not a number
        return False


def is_stock(stock: Stock | None) -> bool:
    if stock is None:
        return True
    quantity, availability = stock
    return availability in AVAILABILITIES and (quantity is None or -LARGEST_INTEGER <= quantity <= LARGEST_INTEGER)


def is_quantity(value: Decimal) -> bool:
    return is_amount(value) and value >= LEAST_QUANTITY


def is_barcode(text: str) -> bool:
    """Fourteen digits, the last of which follows from the others as GS1 says."""
    if not _BARCODE.fullmatch(text):
        return False
    return sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(text)) % 10 == 0


def is_word(text: str, longest: int = LONGEST_WORD) -> bool:
    return 0 < len(text) <= longest and not text.isspace()


def are_breaks(breaks: tuple[PriceBreak, ...]) -> bool:
    return bool(breaks) and all(is_quantity(each.minimum) and is_amount(each.price) for each in breaks)


def is_web_address(text: str) -> bool:
    return len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


FITTING: dict[str, Callable[[Any], bool]] = {
    "brand": is_word,
    "mpn": is_word,
    "barcode": is_barcode,
    "unit": lambda text: is_word(text, LONGEST_UNIT),
    "pack_size": is_quantity,
    "minimum_order": is_quantity,
    "order_multiple": is_quantity,
    "price_breaks": are_breaks,
    "tax_rate": lambda rate: is_amount(rate) and rate <= 100,
    "tax_included": lambda value: isinstance(value, bool),
    "country": lambda text: _COUNTRY.fullmatch(text) is not None,
    "lead_time": lambda days: isinstance(days, int) and 0 <= days <= LONGEST_LEAD_TIME,
    "weight": lambda weight: is_amount(weight) and weight < TOO_HEAVY,
    "link": is_web_address,
    "picture": is_web_address,
}


def unfit_facts(facts: ItemFacts) -> Iterator[tuple[str, object]]:
    """Name and value of each fact that cannot be kept as one."""
    for name, value in zip(facts._fields, facts, strict=True):
        if value is not None and not FITTING[name](value):
            yield name, value


def is_basis(per_quantity: int) -> bool:
    return isinstance(per_quantity, int) and 1 <= per_quantity <= LARGEST_INTEGER


def is_meaning(item: Item) -> bool:
    """What its price is for, and the facts beside it."""
    return is_basis(item.per_quantity) and not any(unfit_facts(item.facts))


def is_currency(text: str) -> bool:
    return len(text) == 3 and text.isascii() and text.isalpha() and text.isupper()


def refuse(item: Item, mode: str, *, needs_currency: bool = True) -> NoReturn:
    """Says what is wrong with an item that the quick check did not let pass."""
    code = item.supplier_sku
    if not code or code.isspace():
        raise Refused(items.NO_CODE)
    if len(code) > LONGEST_CODE:
        raise Refused(items.LONG_CODE, value=code[:40], length=len(code))
    if not 1 <= item.row_number <= LARGEST_INTEGER:
        raise Refused(items.BAD_ROW, value=item.row_number)
    if mode == "full":
        refuse_name(item)
    if mode == "stock" and item.stock is None:
        raise Refused(items.NO_STOCK, code=code)
    if mode != "stock":
        refuse_price(item, needs_currency=needs_currency)
    if item.retail_price is not None and not is_amount(item.retail_price):
        raise Refused(items.BAD_PRICE, code=code, value=item.retail_price)
    if mode != "stock":
        refuse_meaning(item)
    raise Refused(items.BAD_STOCK, code=code, value=item.stock)


def refuse_meaning(item: Item) -> None:
    if not is_basis(item.per_quantity):
        raise Refused(items.BAD_BASIS, code=item.supplier_sku, value=item.per_quantity)
    for name, value in unfit_facts(item.facts):
        raise Refused(items.BAD_FACT, code=item.supplier_sku, fact=name, value=str(value)[:40])


def refuse_name(item: Item) -> None:
    if not item.name or item.name.isspace():
        raise Refused(items.NO_NAME, code=item.supplier_sku)
    if len(item.name) > LONGEST_NAME:
        raise Refused(items.LONG_NAME, value=item.name[:40], length=len(item.name))


def refuse_price(item: Item, *, needs_currency: bool) -> None:
    code = item.supplier_sku
    if item.price is None:
        raise Refused(items.NO_PRICE, code=code)
    if not is_amount(item.price):
        raise Refused(items.BAD_PRICE, code=code, value=item.price)
    if item.currency is None:
        if needs_currency:
            raise Refused(items.NO_CURRENCY, code=code)
    elif not is_currency(item.currency):
        raise Refused(items.BAD_CURRENCY, code=code, value=item.currency)


class Checker:
    """For the items of one reading; remembers which currencies it has seen.

    Without `needs_currency` a price may have none, until it is known who charges it.
    """

    def __init__(self, mode: str, *, needs_currency: bool = True) -> None:
        self.mode = mode
        self._needs_currency = needs_currency
        self._currencies: set[str | None] = set() if needs_currency else {None}

    def problem_of(self, item: Item) -> Message | None:
        """What is wrong with an item; None where it keeps the contract."""
        try:
            if self.is_fine(item):
                return None
            refuse(item, self.mode, needs_currency=self._needs_currency)
        except Refused as refused:
            return refused.message
        except (TypeError, AttributeError) as mistake:  # of a parser that nobody type-checked
            return items.BAD_TYPE.message(problem=mistake)

    def is_fine(self, item: Item) -> bool:
        code, name = item.supplier_sku, item.name
        if not (code and len(code) <= LONGEST_CODE and not code.isspace() and 1 <= item.row_number <= LARGEST_INTEGER):
            return False
        if self.mode == "full" and not (name and len(name) <= LONGEST_NAME and not name.isspace()):
            return False
        if self.mode == "stock":
            return item.stock is not None and is_stock(item.stock)
        if item.price is None or not is_amount(item.price) or not self.knows(item.currency):
            return False
        if (item.per_quantity != 1 or item.facts is not NO_FACTS) and not is_meaning(item):
            return False
        return (item.retail_price is None or is_amount(item.retail_price)) and is_stock(item.stock)

    def knows(self, currency: str | None) -> bool:
        if currency in self._currencies:
            return True
        if currency is None or not is_currency(currency):
            return False
        self._currencies.add(currency)
        return True


def raw_of(item: Item) -> dict[str, str]:
    """What is known of an item's row, for whoever looks at its error."""
    known = {
        Field.SUPPLIER_SKU: item.supplier_sku,
        Field.NAME: item.name,
        Field.PRICE: item.price,
        Field.CURRENCY: item.currency,
        **{name: value for name, value in item.facts._asdict().items() if name != "price_breaks"},
        **(item.characteristics or {}),
    }
    return {str(name): str(value) for name, value in known.items() if value is not None}
