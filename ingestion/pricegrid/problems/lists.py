"""Why a list as a whole is not read, or is not read before a person has answered."""

from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.problems.register import register

NOTHING = register("list.no_rows", None, gettext_noop("The file holds no rows."))
NO_SUCH_SHEET = register(
    "list.no_such_sheet", None, gettext_noop("There is no sheet named %(name)s; there are %(names)s.")
)
NO_ITEMS = register(
    "list.no_items",
    None,
    gettext_noop("There is a header in row %(row)s and nothing below it: ask for a list with items."),
)
NO_PRICE = register(
    "list.no_price",
    Field.PRICE,
    gettext_noop(
        "No column is a price beyond doubt (columns: %(columns)s). "
        "Set which column is the price, or ask for a list with prices."
    ),
)
WITHOUT_PRICES = register(
    "list.without_prices",
    Field.PRICE,
    gettext_noop(
        "No column holds anything that could be a price (columns: %(columns)s). Ask for a list with prices; stock "
        "alone is taken from a list with codes."
    ),
)
NO_NAMES = register(
    "list.neither_names_nor_codes",
    Field.NAME,
    gettext_noop(
        "Neither names nor codes were found (columns: %(columns)s). Set which column is the name and which is the code."
    ),
)
NO_ROWS = register(
    "list.no_usable_price",
    Field.PRICE,
    gettext_noop("No row holds a usable price in column %(column)s, which was taken for the price."),
)
ENDED = register(
    "list.ended",
    Field.PRICE,
    gettext_noop(
        "The list says that its prices were in force until %(day)s. Ask for the new one, or confirm that they still "
        "are."
    ),
)
SOME_LATER = register(
    "list.some_later",
    None,
    gettext_noop("Prices of %(count)s rows begin later, the first on %(day)s: they are not in force yet."),
)
MAYBE_LATER = register(
    "list.maybe_later",
    Field.PRICE,
    gettext_noop(
        "The list names %(day)s, which is to come. Confirm if its prices are in force already; if not, take it in on "
        "that day."
    ),
)
SHEET_FOR_LATER = register(
    "list.sheet_for_later",
    Field.PRICE,
    gettext_noop(
        "The prices of sheet %(sheet)s are in force from %(day)s, those of others are now. Set which sheets are to be "
        "read."
    ),
)
LATER = register(
    "list.later",
    None,
    gettext_noop("The prices are in force from %(day)s: the list is taken in on that day."),
)
HIDDEN_COLUMNS = register(
    "list.hidden_columns",
    None,
    gettext_noop("Columns that are hidden in the list were read all the same: %(columns)s."),
)
WITHDRAWN = register(
    "list.withdrawn",
    None,
    gettext_noop("%(count)s rows are struck out: what they offer was taken as withdrawn (%(rows)s)."),
)
UNSURE_PRICE = register(
    "list.unsure_price",
    Field.PRICE,
    gettext_noop("Column %(column)s may be the price, but that is not sure enough: set which column is the price."),
)
TWO_PRICES = register(
    "list.two_prices",
    Field.PRICE,
    gettext_noop(
        "Column %(first)s “%(first_header)s” and column %(second)s “%(second_header)s” could both be the price. "
        "Which one is it?"
    ),
)
HIDDEN_PRICE = register(
    "list.hidden_price",
    Field.PRICE,
    gettext_noop("Column %(column)s “%(header)s” is hidden, and no other column is a price. Is it the one to pay?"),
)
ONLY_SUCH_PRICE = register(
    "list.only_such_price",
    Field.PRICE,
    gettext_noop(
        "Column %(column)s “%(header)s” is an old or a special price, and there is no other. Is it the one to pay?"
    ),
)
PRICE_ELSEWHERE = register(
    "list.price_elsewhere",
    Field.PRICE,
    gettext_noop(
        "Column %(column)s “%(header)s” was taken for the price, but %(count)s of the first rows have none there and "
        "one in column %(other)s. Where do they have their price?"
    ),
)
DISCOUNT_LEFT = register(
    "list.discount_left",
    Field.PRICE,
    gettext_noop(
        "Column %(rate)s “%(rate_header)s” is a discount, and nothing shows that it has been taken off the price in "
        "column %(column)s “%(header)s”. Is that the price to pay?"
    ),
)
PRICE_BASIS = register(
    "list.price_basis",
    Field.PRICE,
    gettext_noop(
        "The price in column %(column)s “%(header)s” is said to be “%(basis)s”, which may mean that it is for many or "
        "in another part of its currency, or not. It would be stored as it is written. Is that right?"
    ),
)
BASIS_OF_ROW = register(
    "list.basis_of_row",
    Field.PRICE,
    gettext_noop(
        "Row %(row)s says “%(basis)s” of prices; they were stored as they are written. Set what prices are for and "
        "in, and take the list in again."
    ),
)
TAX_OF_ROW = register(
    "list.tax_of_row",
    Field.PRICE,
    gettext_noop(
        "Row %(row)s says “%(tax)s” of prices; that was not kept with them. Set whether prices are with tax, and take "
        "the list in again."
    ),
)
SCALE_TAKEN = register(
    "list.price_scale",
    Field.PRICE,
    gettext_noop(
        "The prices in column %(column)s “%(header)s” are in “%(basis)s”: they were taken into whole units of the "
        "currency."
    ),
)
PACK_PRICE = register(
    "list.price_of_pack",
    Field.PRICE,
    gettext_noop(
        "The price in column %(column)s “%(header)s” is for a pack: for as many pieces as column %(pack)s says."
    ),
)
PACK_UNKNOWN = register(
    "list.price_of_unknown_pack",
    Field.PRICE,
    gettext_noop(
        "The price in column %(column)s “%(header)s” is for “%(pack)s”, and the list does not say how many that are."
    ),
)
DISCOUNT_TAKEN = register(
    "list.discount_taken_off",
    Field.PRICE,
    gettext_noop(
        "The price is the one in column %(column)s “%(header)s” less the discount in column %(rate)s “%(rate_header)s”."
    ),
)
GROUP_DISCOUNT_TAKEN = register(
    "list.group_discount_taken_off",
    Field.PRICE,
    gettext_noop(
        "The price is the one in column %(column)s “%(header)s” less the discount of its group, as the list says it: "
        "%(groups)s."
    ),
)
GROUP_DISCOUNT_LEFT = register(
    "list.group_discount_left",
    Field.PRICE,
    gettext_noop(
        "The list has discounts by group (%(groups)s), and nothing shows beyond doubt that they are to be taken off "
        "the price in column %(column)s “%(header)s”. Is that the price to pay?"
    ),
)
DISCOUNT_GROUPS = register(
    "list.discount_groups",
    Field.PRICE,
    gettext_noop(
        "The price in column %(column)s “%(header)s” is a list price: the discounts of the groups in column %(group)s "
        "“%(group_header)s” are not taken off."
    ),
)
BREAKS_IN_ROWS = register(
    "list.breaks_in_rows",
    Field.PRICE,
    gettext_noop(
        "Items stand in several rows, each with the price for another quantity in column %(column)s “%(header)s”. Only "
        "one row of each would be taken: that of the smallest minimum order, else the first. Is it the right one?"
    ),
)
WHICH_CURRENCY = register(
    "list.which_currency",
    Field.CURRENCY,
    gettext_noop(
        "Column %(column)s says “%(sign)s”, which may be %(codes)s, and nothing tells beyond doubt which: neither the "
        "supplier's currency nor what the list says of its country. Which one is it?"
    ),
)
TAKEN_FOR = register(
    "list.currency_taken_for",
    Field.CURRENCY,
    gettext_noop("“%(sign)s” may be several currencies; it was taken for %(currency)s."),
)
NOT_AS_BEFORE = register(
    "list.not_as_before",
    None,
    gettext_noop(
        "In the last list column %(old)s “%(old_header)s” was the %(field)s. It is still there, but now %(new)s would "
        "be it. Which one is right?"
    ),
)
CODES_LEFT = register(
    "list.codes_left",
    Field.SUPPLIER_SKU,
    gettext_noop(
        "Column %(column)s “%(header)s” is headed like a code, or holds nothing else, but was not taken for it, and "
        "codes would be made of the names. Is it the code?"
    ),
)
BESIDE = register(
    "list.another_beside",
    None,
    gettext_noop(
        "Another table stands beside, from column %(column)s on, and is not understood: %(reason)s "
        "Send it as another list."
    ),
)
SAME_ITEMS = register(
    "list.same_items",
    None,
    gettext_noop(
        "It lists the same items as the sheet %(sheet)s, which is newer, in the supplier's currency or comes first"
    ),
)
SHEET_WITH_OTHERS = register(
    "list.sheet_with_other_items",
    None,
    gettext_noop(
        "The sheet “%(sheet)s” would not be read (%(reason)s), but %(count)s of its items stand nowhere else. "
        "Which sheets are to be read?"
    ),
)
SHEET_LEFT_OUT = register(
    "list.sheet_left_out",
    None,
    gettext_noop("The sheet “%(sheet)s” was not read (%(reason)s); %(count)s of its items stand nowhere else."),
)
ANOTHER_SHEET = register(
    "list.another_sheet",
    None,
    gettext_noop(
        "The sheet “%(sheet)s” may be a list, too, but is not understood: %(reason)s Which sheets are to be read?"
    ),
)
MAYBE_BESIDE = register(
    "list.may_stand_beside",
    None,
    gettext_noop(
        "From column %(column)s on another table seems to stand beside the list, and would not be read. "
        "Send it as another list, or set which columns are read."
    ),
)
NOT_OF_THE_LIST = register(
    "list.not_of_the_list",
    None,
    gettext_noop("What stands beside the list, from column %(column)s on, was not read."),
)
BELOW = register(
    "list.another_below",
    None,
    gettext_noop(
        "From row %(row)s on other tables stand below, and are not understood: %(reason)s Send them as another list."
    ),
)
NARROW_HEADER = register(
    "list.narrow_header",
    None,
    gettext_noop(
        "The header in row %(row)s has %(headers)s cells, the rows below it have %(cells)s: a delimiter or a decimal "
        "comma parts a cell in every row. Put such cells between quotation marks and send the list again, or say "
        "which column is which."
    ),
)
WIDE_HEADER = register(
    "list.wide_header",
    None,
    gettext_noop(
        "The header in row %(row)s has %(headers)s cells, no row below it has more than %(cells)s: a header holds a "
        "delimiter, or each row lacks one. Correct the header and send the list again, or say which column is which."
    ),
)
NAMES_OF_MONEY = register(
    "list.names_of_money",
    Field.NAME,
    gettext_noop(
        "Column %(letter)s “%(header)s” is to be the name, but amounts stand in it. Set which column is the name."
    ),
)
DRIFTED = register("list.drifted", None, gettext_noop("The list does not look as it did when its mapping was saved."))
NO_USABLE_ROW = register(
    "list.no_usable_row",
    None,
    gettext_noop("No row of the list could be used; its errors say why for each. Nothing of it is stored."),
)
TOO_MANY_FAILED = register(
    "list.too_many_failed",
    None,
    gettext_noop(
        "%(failed)s of %(total)s rows failed, more than %(limit)s %%: nothing was taken in. Correct the list or its "
        "mapping, or take the other rows in anyway."
    ),
)
UNSURE = register(
    "list.unsure_column",
    None,
    gettext_noop(
        "Column %(letter)s “%(header)s” was taken for the %(field)s, but that is only %(percent)s %% sure "
        "(%(reason)s). Is it right?"
    ),
)
NO_CURRENCY = register(
    "list.no_currency",
    Field.CURRENCY,
    gettext_noop(
        "In which currency are the prices of column %(column)s “%(header)s”? The list does not say it, and its "
        "supplier has none."
    ),
)
TWO_READINGS = register(
    "list.two_readings",
    None,
    gettext_noop(
        "The list can be read in two ways (the first is %(percent)s %% sure): the %(field)s is column %(first)s, with "
        "rows %(first_rows)s; or column %(second)s, with rows %(second_rows)s. Which one is it?"
    ),
)
TWO_HEADERS = register(
    "list.two_headers",
    None,
    gettext_noop(
        "The list can be read in two ways (the first is %(percent)s %% sure): the header is row %(first)s, or row "
        "%(second)s. Which one is it?"
    ),
)
DOUBTED = register(
    "list.doubted",
    Field.PRICE,
    gettext_noop(
        "It is only %(percent)s %% sure that this is a list of prices, with column %(price)s as the price (rows "
        "%(rows)s). Is it right?"
    ),
)
CURRENCY_FROM = register(
    "list.currency_from_row",
    Field.CURRENCY,
    gettext_noop("From row %(row)s on prices that name no currency are in %(currency)s, as the rows between them say."),
)
NO_SUCH_CURRENCY = register(
    "list.no_such_currency",
    Field.CURRENCY,
    gettext_noop(
        "Column %(column)s “%(header)s” says “%(sign)s”, which is no currency in which prices can be kept. "
        "In which one are they?"
    ),
)
