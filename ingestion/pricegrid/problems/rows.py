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
