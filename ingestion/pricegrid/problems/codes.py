"""What can be wrong with the code of an item, by itself or beside the codes of others."""

from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.problems.register import register

SCIENTIFIC = register(
    "code.scientific",
    Field.SUPPLIER_SKU,
    gettext_noop("The code “%(value)s” was shortened by a spreadsheet; format the column as text and send it again."),
)
UNSAFE_NUMBER = register(
    "code.unsafe_number",
    Field.SUPPLIER_SKU,
    gettext_noop("The code %(value)s has more digits than a number in a spreadsheet can hold."),
)
CELL_ERROR = register(
    "code.cell_error", Field.SUPPLIER_SKU, gettext_noop("The spreadsheet shows the error %(value)s in place of a code.")
)
NO_RESULT = register(
    "code.no_result",
    Field.SUPPLIER_SKU,
    gettext_noop("The code is a formula without a stored result; open the file in a spreadsheet program and save it."),
)
DATE = register(
    "code.date",
    Field.SUPPLIER_SKU,
    gettext_noop("The code was turned into the date %(value)s by a spreadsheet; format the column as text."),
)
REPEATED = register(
    "code.repeated",
    Field.SUPPLIER_SKU,
    gettext_noop(
        "The code “%(code)s” stands in row %(row)s already (blanks, hyphens and case make no difference), with other "
        "values: that row was taken, not this one."
    ),
)
REPEATED_ELSEWHERE = register(
    "code.repeated_elsewhere",
    Field.SUPPLIER_SKU,
    gettext_noop(
        "The code “%(code)s” stands in row %(row)s of the sheet “%(sheet)s” already (blanks, hyphens and case make no "
        "difference), with other values: that row was taken, this one was not."
    ),
)
UNKNOWN = register(
    "code.unknown",
    Field.SUPPLIER_SKU,
    gettext_noop(
        "The code “%(code)s” is not known: a list without names or without prices only updates items that are in the "
        "catalog already. Take in the supplier's full list first."
    ),
)
