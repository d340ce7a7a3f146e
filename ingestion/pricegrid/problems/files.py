"""Why a file is refused before anybody looks for a list in it, and what to do about it."""

from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.problems.register import register

EMPTY = register(
    "file.empty",
    None,
    gettext_noop("The file is empty. Ask the supplier to send it again."),
)
ENCRYPTED = register(
    "file.encrypted",
    None,
    gettext_noop(
        "The workbook is protected with a password and cannot be read. "
        "Open it in Excel, remove the password (File > Info > Protect Workbook), save it and upload it again."
    ),
)
NOT_A_LIST = register(
    "file.no_spreadsheet",
    None,
    gettext_noop(
        "The file is %(found)s, not a spreadsheet, whatever its name says. "
        "Upload the list as XLSX, XLS, XLSB, ODS, CSV or an HTML table."
    ),
)
DAMAGED = register(
    "file.damaged",
    None,
    gettext_noop(
        "The file cannot be read as %(kind)s: it is damaged or was cut short (%(problem)s). "
        "Open it in a spreadsheet program, save it as XLSX and upload that."
    ),
)
TOO_LARGE = register(
    "file.unpacks_too_large",
    None,
    gettext_noop(
        "The file unpacks to %(size)s MB, %(ratio)s times its size; %(limit)s MB are allowed. "
        "It was not opened. Save the list alone as a new workbook."
    ),
)
TOO_MANY_ROWS = register(
    "file.too_many_rows",
    None,
    gettext_noop(
        "The list has more than %(limit)s rows, which is more than can be read. Split it, or remove what is not part "
        "of it."
    ),
)
TOO_MANY_CELLS = register(
    "file.too_many_cells",
    None,
    gettext_noop(
        "The list has more than %(limit)s cells, which is more than can be read. Split it, or remove what does not "
        "belong."
    ),
)
TOO_MANY_COLUMNS = register(
    "file.too_many_columns",
    None,
    gettext_noop(
        "Row %(row)s has %(columns)s columns; %(limit)s are allowed. Remove what does not belong to the list, "
        "or check the delimiter of the file."
    ),
)
LONG_CELL = register(
    "file.long_cell",
    None,
    gettext_noop(
        "Row %(row)s holds %(length)s characters in column %(column)s; a cell may hold %(limit)s. "
        "Shorten or empty that cell, and upload the list again."
    ),
)
TOO_LONG = register(
    "file.long_text",
    None,
    gettext_noop(
        "A text in %(place)s has more than %(limit)s characters, which is more than a cell may hold. "
        "Shorten or empty that cell, and upload the list again."
    ),
)
TOO_MANY = register(
    "file.too_many_things",
    None,
    gettext_noop(
        "There are more than %(limit)s %(things)s in %(place)s, which is more than can be read. "
        "Copy the list alone into a new workbook, save it and upload that."
    ),
)
TOO_LONG_LINE = register(
    "file.long_line",
    None,
    gettext_noop(
        "Line %(line)s, or one soon after it, is longer than %(limit)s KB: that is no line of a list. "
        "Check that the file is complete and that its lines end, or upload the list as XLSX."
    ),
)
TOO_MANY_QUOTES = register(
    "file.open_quotes",
    None,
    gettext_noop(
        "Quotation marks that are never closed stand on too many lines, up to line %(line)s. "
        "Have the file written without them, or upload the list as XLSX."
    ),
)
NOT_SAFE = register(
    "file.declares_entities",
    None,
    gettext_noop(
        "The file declares a document type or entities in %(place)s, which no spreadsheet program writes. "
        "Open it in a spreadsheet program, save it as XLSX and upload that."
    ),
)
NO_TABLE = register(
    "file.no_table",
    None,
    gettext_noop("There is no table in the file. Upload the list as XLSX or CSV."),
)
WRONG_ENCODING = register(
    "file.wrong_encoding",
    None,
    gettext_noop(
        "The text is not in the encoding %(encoding)s that the source is set to (%(problem)s). "
        "Leave the encoding of the source empty to have it found."
    ),
)
