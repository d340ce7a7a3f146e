"""What an item lacks of the contract that all items keep, whichever parser made them."""

from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.problems.register import register

NO_CODE = register(
    "item.no_code", Field.SUPPLIER_SKU, gettext_noop("The row has no code: write one into the code column.")
)
LONG_CODE = register(
    "item.long_code",
    Field.SUPPLIER_SKU,
    gettext_noop(
        "The code “%(value)s…” has %(length)s characters, more than 255: is the right column taken for the code?"
    ),
)
NO_NAME = register(
    "item.no_name", Field.NAME, gettext_noop("The item %(code)s has no name: write one into the name column.")
)
LONG_NAME = register(
    "item.long_name",
    Field.NAME,
    gettext_noop("The name “%(value)s…” has %(length)s characters, more than 500: shorten it."),
)
NO_PRICE = register(
    "item.no_price",
    Field.PRICE,
    gettext_noop("The item %(code)s has no price: write one into the price column, or remove the row."),
)
BAD_PRICE = register(
    "item.bad_price",
    Field.PRICE,
    gettext_noop("The price %(value)s of %(code)s is not between 0 and 9999999999.9999: correct it."),
)
NO_CURRENCY = register(
    "item.no_currency",
    Field.PRICE,
    gettext_noop(
        "The price of %(code)s has no currency: write it into the list, or set the default currency of the supplier."
    ),
)
BAD_CURRENCY = register(
    "item.bad_currency",
    Field.PRICE,
    gettext_noop("The currency “%(value)s” of %(code)s is not one of ISO 4217, such as EUR: correct it."),
)
NO_STOCK = register(
    "item.no_stock",
    Field.STOCK,
    gettext_noop("The item %(code)s says nothing of its stock: write a quantity, or remove the row."),
)
BAD_STOCK = register(
    "item.bad_stock", Field.STOCK, gettext_noop("The stock “%(value)s” of %(code)s is not a quantity: correct it.")
)
BAD_BASIS = register(
    "item.bad_basis",
    Field.PRICE,
    gettext_noop("The price of %(code)s is for “%(value)s”: that is no whole number from 1 on."),
)
BAD_FACT = register(
    "item.bad_fact",
    None,
    gettext_noop("The parser gave “%(value)s” as %(fact)s of %(code)s, which no item can have: tell its developer."),
)
BAD_ROW = register("item.bad_row", None, gettext_noop("The parser gave the row number “%(value)s”: rows count from 1."))
BAD_TYPE = register(
    "item.bad_type",
    None,
    gettext_noop("The parser gave a value of the wrong type (%(problem)s): tell its developer."),
)
