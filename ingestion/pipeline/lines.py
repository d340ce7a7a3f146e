"""Items and row errors as lines for COPY, each checked against the contract on its way.

This is the hot path: a hundred thousand rows pass it one by one. So the contract is checked by one comparison chain
(tests prove it equal to the JSON Schema), lines are built by hand, and only what needs escaping is escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from json.encoder import encode_basestring
from typing import NoReturn

from ingestion.errors import ErrorType
from ingestion.sheet.records import Item, Message, RowError, gettext_noop
from ingestion.texts import text_of

COLUMNS = (
    "row_number", "sheet", "supplier_sku", "sku_is_derived", "name", "price", "currency", "retail_price", "stock",
    "availability", "category", "characteristics", "error_type", "message", "cause", "row_data",
)  # fmt: skip
TABS = len(COLUMNS) - 1
JSON = COLUMNS.index("characteristics")
NO_ERROR = ("", "", "", "")
NO_ITEM = ("", "f", "", "", "", "", "", "", "", "")
CATEGORY_SEPARATOR = "\x1f"
LONGEST_CATEGORY = 255

ZERO = Decimal(0)
TOO_MUCH = Decimal("9999999999.99995")  # rounded to four decimals it would not fit numeric(14, 4)
LARGEST_INTEGER = 2**31 - 1
ERROR_TYPES = frozenset(map(str, ErrorType))
AVAILABILITIES = frozenset(("in_stock", "on_order", "out_of_stock", ""))

NO_CODE = gettext_noop("The row has no code: write one into the code column.")
LONG_CODE = gettext_noop(
    "The code “%(value)s…” has %(length)s characters, more than 255: is the right column taken for the code?"
)
NO_NAME = gettext_noop("The item %(code)s has no name: write one into the name column.")
LONG_NAME = gettext_noop("The name “%(value)s…” has %(length)s characters, more than 500: shorten it.")
NO_PRICE = gettext_noop("The item %(code)s has no price: write one into the price column, or remove the row.")
BAD_PRICE = gettext_noop("The price %(value)s of %(code)s is not between 0 and 9999999999.9999: correct it.")
NO_CURRENCY = gettext_noop(
    "The price of %(code)s has no currency: write it into the list, or set the default currency of the supplier."
)
BAD_CURRENCY = gettext_noop("The currency “%(value)s” of %(code)s is not one of ISO 4217, such as EUR: correct it.")
NO_STOCK = gettext_noop("The item %(code)s says nothing of its stock: write a quantity, or remove the row.")
BAD_STOCK = gettext_noop("The stock “%(value)s” of %(code)s is not a quantity: correct it.")
BAD_TYPE = gettext_noop("The parser gave a value of the wrong type (%(problem)s): tell its developer.")
BAD_ROW = gettext_noop("The parser gave the row number “%(value)s”: rows count from 1.")


class Refused(Exception):
    """An item that does not keep the contract."""

    def __init__(self, template: str, **params: object) -> None:
        super().__init__(template)
        self.message = Message(template, params)


Check = Callable[[Item], bool]


def is_amount(value: Decimal) -> bool:
    try:
        return ZERO <= value < TOO_MUCH
    except InvalidOperation:  # not a number
        return False


def is_stock(item: Item) -> bool:
    if item.stock is None:
        return True
    quantity, availability = item.stock
    return availability in AVAILABILITIES and (quantity is None or -LARGEST_INTEGER <= quantity <= LARGEST_INTEGER)


def is_currency(text: str) -> bool:
    return len(text) == 3 and text.isascii() and text.isalpha() and text.isupper()


def refuse(item: Item, mode: str) -> NoReturn:
    """Says what is wrong with an item that the quick check did not let pass."""
    code = item.supplier_sku
    if not code or code.isspace():
        raise Refused(NO_CODE)
    if len(code) > 255:
        raise Refused(LONG_CODE, value=code[:40], length=len(code))
    if not 1 <= item.row_number <= LARGEST_INTEGER:
        raise Refused(BAD_ROW, value=item.row_number)
    if mode == "full":
        refuse_name(item)
    if mode == "stock" and item.stock is None:
        raise Refused(NO_STOCK, code=code)
    if mode != "stock":
        refuse_price(item)
    if item.retail_price is not None and not is_amount(item.retail_price):
        raise Refused(BAD_PRICE, code=code, value=item.retail_price)
    raise Refused(BAD_STOCK, code=code, value=item.stock)


def refuse_name(item: Item) -> None:
    if not item.name or item.name.isspace():
        raise Refused(NO_NAME, code=item.supplier_sku)
    if len(item.name) > 500:
        raise Refused(LONG_NAME, value=item.name[:40], length=len(item.name))


def refuse_price(item: Item) -> None:
    code = item.supplier_sku
    if item.price is None:
        raise Refused(NO_PRICE, code=code)
    if not is_amount(item.price):
        raise Refused(BAD_PRICE, code=code, value=item.price)
    if item.currency is None:
        raise Refused(NO_CURRENCY, code=code)
    if not is_currency(item.currency):
        raise Refused(BAD_CURRENCY, code=code, value=item.currency)


class Lines:
    """Builds the lines of one reading and remembers what it has seen."""

    def __init__(self, mode: str) -> None:
        self.mode = mode
        self.has_stock = False
        self.has_retail = False
        self.samples: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self._currencies: set[str] = set()

    def of(self, row: Item | RowError) -> str:
        """The line of a row; an item that does not keep the contract becomes a row error."""
        if isinstance(row, RowError):
            return self.of_error(row)
        try:
            if self.is_fine(row):
                return self.of_item(row)
            refuse(row, self.mode)
        except Refused as refused:
            message = refused.message
        except (TypeError, AttributeError) as mistake:  # of a parser that nobody type-checked
            message = Message(BAD_TYPE, {"problem": mistake})
        return self.of_error(RowError(row.row_number, ErrorType.VALIDATION, message, raw_of(row), row.sheet))

    def is_fine(self, item: Item) -> bool:
        code, name = item.supplier_sku, item.name
        if not (code and len(code) <= 255 and not code.isspace() and 1 <= item.row_number <= LARGEST_INTEGER):
            return False
        if self.mode == "full" and not (name and len(name) <= 500 and not name.isspace()):
            return False
        if self.mode == "stock":
            return item.stock is not None and is_stock(item)
        if item.price is None or not is_amount(item.price) or not self.knows(item.currency):
            return False
        return (item.retail_price is None or is_amount(item.retail_price)) and is_stock(item)

    def knows(self, currency: str | None) -> bool:
        if currency in self._currencies:
            return True
        if currency is None or not is_currency(currency):
            return False
        self._currencies.add(currency)
        return True

    def of_item(self, item: Item) -> str:
        quantity = availability = ""
        if item.stock is not None:
            self.has_stock = True
            quantity = "" if item.stock.quantity is None else str(item.stock.quantity)
            availability = item.stock.availability
        if item.retail_price is not None:
            self.has_retail = True
        fields = [
            str(item.row_number),
            item.sheet or "",
            item.supplier_sku,
            "t" if item.sku_is_derived else "f",
            item.name,
            "" if item.price is None else str(item.price),
            item.currency or "",
            "" if item.retail_price is None else str(item.retail_price),
            quantity,
            availability,
            CATEGORY_SEPARATOR.join(item.category_path),
            self.json_of(item.characteristics),
            *NO_ERROR,
        ]
        line = "\t".join(fields)
        if line.count("\t") == TABS and "\\" not in line and "\n" not in line and "\r" not in line and "\0" not in line:
            return line
        fields[JSON] = self.json_of(without_zeros(item.characteristics))
        return "\t".join(map(escape, fields))

    def of_error(self, error: RowError) -> str:
        message = text_of(error.message)
        kind = error.error_type if error.error_type in ERROR_TYPES else ErrorType.PARSER
        number = str(error.row_number) if is_row_number(error.row_number) else ""
        self.samples.setdefault(kind, message)
        json = self.json_of(without_zeros(error.row_data))
        fields = (number, error.sheet or "", *NO_ITEM, str(kind), message, cause_of(error.message), json)
        return "\t".join(map(escape, fields))

    def json_of(self, texts: Mapping[str, str]) -> str:
        """Like json.dumps, but the same few keys are encoded once, not a hundred thousand times."""
        keys = self._keys
        parts = []
        for key, value in texts.items():
            encoded = keys.get(key)
            if encoded is None:
                encoded = keys[key] = encode_basestring(key) + ":"
            parts.append(encoded + encode_basestring(value))
        return "{" + ",".join(parts) + "}"


def without_zeros(texts: Mapping[str, str]) -> dict[str, str]:
    return {str(name).replace("\0", ""): str(value).replace("\0", "") for name, value in texts.items()}


def cause_of(message: Message | str) -> str:
    """What all errors of one kind have in common: the message before its values are filled in."""
    return message.template if isinstance(message, Message) else str(message)


def is_row_number(number: object) -> bool:
    return isinstance(number, int) and 1 <= number <= LARGEST_INTEGER


def escape(text: str) -> str:
    """A field of COPY's text format. A zero byte cannot be stored in PostgreSQL at all."""
    text = text.replace("\0", "").replace("\\", "\\\\")
    return text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def raw_of(item: Item) -> dict[str, str]:
    """What is known of an item's row, for the parsing log."""
    known = {
        "supplier_sku": item.supplier_sku,
        "name": item.name,
        "price": item.price,
        "currency": item.currency,
        **(item.characteristics or {}),
    }
    return {name: str(value) for name, value in known.items() if value is not None}
