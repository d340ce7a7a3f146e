"""Why a row that looks like an item cannot be one."""

from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.problems.register import register

NO_NAME = register(
    "row.no_name",
    Field.NAME,
    gettext_noop("The row has a price but no name; give it one, or set which column holds the name."),
)
NO_CODE = register(
    "row.no_code",
    Field.SUPPLIER_SKU,
    gettext_noop("The row has a price and a name but no code, unlike the rest of the list."),
)
NEITHER = register(
    "row.neither_name_nor_code", Field.SUPPLIER_SKU, gettext_noop("The row has a price but neither a name nor a code.")
)
NO_PRICE = register("row.no_price", Field.PRICE, gettext_noop("The row has no price."))
COLLAPSED = register(
    "row.collapsed",
    None,
    gettext_noop("All cells of the row stand in one, so nothing tells which of them is the price: take them apart."),
)
DAMAGED = register(
    "row.damaged",
    None,
    gettext_noop(
        "The row holds bytes that are in no encoding of this file (shown as \ufffd), and nothing tells what they mean: "
        "correct the text and send the list again."
    ),
)
LOST = register(
    "row.columns_lost",
    None,
    gettext_noop("The columns change in row %(row)s, and the new ones are not understood: send them as another list."),
)
SHIFTED = register(
    "row.columns_shifted",
    None,
    gettext_noop(
        "From row %(row)s on the values stand in other columns than above, though no header says so: write them where "
        "those above stand, or send them as another list."
    ),
)
TOO_MANY_CELLS = register(
    "row.too_many_cells",
    None,
    gettext_noop(
        "The row has %(cells)s cells, the list has %(width)s columns: “%(value)s”. A delimiter or a decimal comma "
        "stands where it parts a cell. Put such a cell between quotation marks and send the list again."
    ),
)
TOO_FEW_CELLS = register(
    "row.too_few_cells",
    None,
    gettext_noop(
        "The row has %(cells)s cells, the list has %(width)s columns: “%(value)s”. A delimiter is missing. "
        "Correct the line and send the list again."
    ),
)
RUN_TOGETHER = register(
    "row.run_together",
    None,
    gettext_noop(
        "All cells of the row run into one: “%(value)s”. Its delimiters are others than those of the list, or its "
        "quotation marks are wrong. Correct the line and send the list again."
    ),
)
STRAY_MARKS = register(
    "row.stray_marks",
    None,
    gettext_noop(
        "The quotation marks of the row do not say where its cells end: “%(value)s”. Double those inside a cell, "
        "and send the list again."
    ),
)
TORN = register(
    "row.torn",
    None,
    gettext_noop(
        "A line ends in the middle of a row here: “%(value)s”. Put cells of several lines between quotation marks, "
        "and send the list again."
    ),
)
