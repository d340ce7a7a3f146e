"""The contract of an item, checked in the hot path: by comparison chains that tests prove equal to the JSON Schema."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import NoReturn

from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.problems import Problem, items
from ingestion.pricegrid.records import LONGEST_CODE, LONGEST_NAME, Item, Message, Stock

__all__ = ["DECIMALS", "DIGITS", "LARGEST_INTEGER", "TOO_MUCH", "Checker", "Refused", "is_stock", "raw_of", "refuse"]

DECIMAL_ZERO = Decimal(0)
LARGEST_INTEGER = 2**31 - 1
DIGITS, DECIMALS = 14, 4  # of amounts of money
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
    raise Refused(items.BAD_STOCK, code=code, value=item.stock)


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
        **(item.characteristics or {}),
    }
    return {str(name): str(value) for name, value in known.items() if value is not None}
