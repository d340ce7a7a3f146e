"""What must not be overlooked of an item that is nevertheless right: it goes with it as a note."""

from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.problems.register import register

STRUCK_OUT = register("note.struck_out", None, gettext_noop("The row is struck out in the list."))
HIDDEN_ROW = register("note.hidden_row", None, gettext_noop("The row is hidden in the list."))
BESIDE_PRICE = register(
    "note.beside_price", None, gettext_noop("The price cell says more than the amount: “%(value)s”.")
)
