"""What must not be overlooked of an item that is nevertheless right: it goes with it as a note."""

from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.problems.register import register

HIDDEN_ROW = register("note.hidden_row", None, gettext_noop("The row is hidden in the list."))
BARCODE = register(
    "note.barcode",
    Field.BARCODE,
    gettext_noop("“%(value)s” is no barcode: its check digit is wrong, or digits are missing. It is kept as a text."),
)
FROM = register("note.price_from", Field.PRICE, gettext_noop("It is the lowest of several prices: “%(value)s”."))
ABOUT = register("note.price_about", Field.PRICE, gettext_noop("It is only an approximate price: “%(value)s”."))
PER = register("note.price_per", Field.PRICE, gettext_noop("The price is for “%(value)s”."))
SCALE = register(
    "note.price_scale", Field.PRICE, gettext_noop("“%(value)s”: the amount was taken into whole units of its currency.")
)
NO_COUNT = register(
    "note.no_price_quantity",
    Field.PER_QUANTITY,
    gettext_noop("The row does not say for how many its price is, as others do: it was taken for one."),
)
NO_DISCOUNT = register(
    "note.no_discount",
    Field.DISCOUNT,
    gettext_noop("The row gives no discount, as others do: the list price was taken as it is."),
)
NO_START = register(
    "note.no_start",
    Field.VALID_FROM,
    gettext_noop("“%(value)s” is no day: the price was taken as one that is in force."),
)
PACK = register("note.pack_price", Field.PRICE, gettext_noop("The price is for a pack of unknown size: “%(value)s”."))
UNIT_OF_MANY = register(
    "note.unit_of_many", Field.PRICE, gettext_noop("The price was taken for one, though its unit is “%(value)s”.")
)
WITH_TAX = register(
    "note.price_with_tax", Field.PRICE, gettext_noop("The price includes tax, other prices of the list do not.")
)
TAX = register("note.price_tax", Field.PRICE, gettext_noop("The price cell says of tax: “%(value)s”."))
FOOTNOTE = register(
    "note.price_footnote", Field.PRICE, gettext_noop("The price bears the mark of a footnote: “%(value)s”.")
)
OF_RETAIL = register("note.of_retail", Field.RETAIL_PRICE, gettext_noop("Retail price: %(note)s"))
OF_BREAK = register("note.of_break", Field.PRICE, gettext_noop("Price for %(minimum)s: %(note)s"))
ROW_JOINED = register(
    "note.row_joined",
    None,
    gettext_noop("The line has %(cells)s cells, the list %(width)s: “%(value)s” was read as one cell."),
)
ROW_PARTED = register(
    "note.row_parted",
    None,
    gettext_noop("The line has %(cells)s cells, the list %(width)s: “%(value)s” was read as two cells."),
)
EXTRA_DELIMITER = register(
    "note.extra_delimiter",
    None,
    gettext_noop("The line has %(cells)s cells, the list %(width)s: a delimiter too many was passed over."),
)
OTHER_DELIMITER = register(
    "note.other_delimiter",
    None,
    gettext_noop("The cells of the line are parted by “%(value)s”, unlike those of the other lines."),
)
STRAY_MARK = register(
    "note.stray_mark",
    None,
    gettext_noop("A quotation mark of the line stands where none may; it was read as part of the text."),
)
ROW_TORN = register(
    "note.row_torn", None, gettext_noop("The row is torn by the end of a line; its pieces were read as one row.")
)
ENCODED_TWICE = register(
    "note.encoded_twice",
    None,
    gettext_noop("From line %(line)s on, texts of the file were in UTF-8 twice over: they were read as “%(text)s”."),
)
