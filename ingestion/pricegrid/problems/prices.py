"""What a cell that should hold a price can have instead."""

from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.problems.register import register

EMPTY = register("price.empty", Field.PRICE, gettext_noop("There is no price."))
NOT_A_PRICE = register("price.not_a_price", Field.PRICE, gettext_noop("“%(value)s” is not a price."))
ON_REQUEST = register("price.on_request", Field.PRICE, gettext_noop("The price is not given: “%(value)s”."))
STRUCK_OUT = register(
    "price.struck_out", Field.PRICE, gettext_noop("The price is struck out: “%(value)s”. Nothing says the new one.")
)
CELL_ERROR = register(
    "price.cell_error", Field.PRICE, gettext_noop("The spreadsheet shows the error %(value)s in place of a price.")
)
NO_RESULT = register(
    "price.no_result",
    Field.PRICE,
    gettext_noop("The price is a formula without a stored result; open the file in a spreadsheet program and save it."),
)
PERCENTAGE = register("price.percentage", Field.PRICE, gettext_noop("“%(value)s” is a percentage, not a price."))
DATE = register("price.date", Field.PRICE, gettext_noop("“%(value)s” is a date, not a price."))
SEVERAL = register(
    "price.several", Field.PRICE, gettext_noop("“%(value)s” holds more than one number; give one price.")
)
AMBIGUOUS = register(
    "price.ambiguous",
    Field.PRICE,
    gettext_noop(
        "“%(value)s” can be read in two ways and the column does not tell which; set the decimal sign for this source."
    ),
)
RAISED = register(
    "price.raised_digits",
    Field.PRICE,
    gettext_noop(
        "The raised digits of “%(value)s” may be cents or the mark of a footnote, as other prices of the column bear: "
        "write the price with a decimal sign."
    ),
)
ZERO = register("price.zero", Field.PRICE, gettext_noop("The price is zero."))
NEGATIVE = register("price.negative", Field.PRICE, gettext_noop("The price %(value)s is below zero."))
TOO_SMALL = register(
    "price.too_small", Field.PRICE, gettext_noop("The price %(value)s is smaller than four decimals can hold.")
)
TOO_LARGE = register("price.too_large", Field.PRICE, gettext_noop("The price %(value)s is too large to be one."))
CURRENCIES = register("price.currencies", Field.PRICE, gettext_noop("“%(value)s” names more than one currency."))
ENDED_ON = register("price.ended", Field.PRICE, gettext_noop("The price was in force until %(day)s."))
UNKNOWN_DAY = register(
    "price.unknown_day",
    Field.VALID_FROM,
    gettext_noop("“%(value)s” is no day beyond doubt: it is not known whether the price is in force."),
)
NEWER_PRICE = register(
    "price.newer",
    Field.PRICE,
    gettext_noop("Another row has a newer price of %(code)s, in force from %(day)s: that one is taken."),
)
LARGER_QUANTITY = register(
    "price.larger_quantity",
    Field.PRICE,
    gettext_noop(
        "The price is that from %(minimum)s on; another row has the price of “%(code)s” from %(smallest)s on: "
        "that one is taken."
    ),
)
BREAK_DEARER = register(
    "price.break_dearer",
    Field.PRICE,
    gettext_noop("The price for %(more)s (%(dearer)s) is higher than that for %(less)s (%(price)s)."),
)
BREAK_TWICE = register(
    "price.break_twice",
    Field.PRICE,
    gettext_noop("There are two prices for a quantity of %(minimum)s: %(first)s and %(second)s."),
)
FOR_HOW_MANY = register(
    "price.for_how_many", Field.PER_QUANTITY, gettext_noop("“%(value)s” does not say for how many the price is.")
)
DISCOUNT = register(
    "price.discount", Field.DISCOUNT, gettext_noop("“%(value)s” is no discount in per cent that could be taken off.")
)
WHICH_CURRENCY = register(
    "price.which_currency",
    Field.CURRENCY,
    gettext_noop("“%(value)s” may be %(codes)s, and nothing tells which: set the currency for this source."),
)
NO_SUCH_CURRENCY = register(
    "price.no_such_currency", Field.CURRENCY, gettext_noop("“%(value)s” is no currency in which prices can be kept.")
)
