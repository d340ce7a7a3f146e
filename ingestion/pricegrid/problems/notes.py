"""What must not be overlooked of an item that is nevertheless right: it goes with it as a note."""

from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.problems.register import register

STRUCK_OUT = register("note.struck_out", None, gettext_noop("The row is struck out in the list."))
HIDDEN_ROW = register("note.hidden_row", None, gettext_noop("The row is hidden in the list."))
FROM = register("note.price_from", Field.PRICE, gettext_noop("It is the lowest of several prices: “%(value)s”."))
ABOUT = register("note.price_about", Field.PRICE, gettext_noop("It is only an approximate price: “%(value)s”."))
PER = register("note.price_per", Field.PRICE, gettext_noop("The price is for “%(value)s”."))
TAX = register("note.price_tax", Field.PRICE, gettext_noop("The price cell says of tax: “%(value)s”."))
FOOTNOTE = register(
    "note.price_footnote", Field.PRICE, gettext_noop("The price bears the mark of a footnote: “%(value)s”.")
)
