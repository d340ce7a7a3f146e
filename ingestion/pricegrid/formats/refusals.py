"""Why a file as a whole is refused, in words, and what to do about it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from ingestion.pricegrid.records import ListRefused, Message, gettext_noop

EMPTY = gettext_noop("The file is empty. Ask the supplier to send it again.")
ENCRYPTED = gettext_noop(
    "The workbook is protected with a password and cannot be read. "
    "Open it in Excel, remove the password (File > Info > Protect Workbook), save it and upload it again."
)
NOT_A_LIST = gettext_noop(
    "The file is %(found)s, not a spreadsheet, whatever its name says. "
    "Upload the list as XLSX, XLS, XLSB, ODS, CSV or an HTML table."
)
_DAMAGED = gettext_noop(
    "The file cannot be read as %(kind)s: it is damaged or was cut short (%(problem)s). "
    "Open it in a spreadsheet program, save it as XLSX and upload that."
)
TOO_LARGE = gettext_noop(
    "The file unpacks to %(size)s MB, %(ratio)s times its size; %(limit)s MB are allowed. "
    "It was not opened. Save the list alone as a new workbook."
)
TOO_MANY_ROWS = gettext_noop(
    "The list has more than %(limit)s rows, which is more than can be read. Split it, or remove what is not part of it."
)
TOO_MANY_CELLS = gettext_noop(
    "The list has more than %(limit)s cells, which is more than can be read. Split it, or remove what does not belong."
)
TOO_MANY_COLUMNS = gettext_noop(
    "Row %(row)s has %(columns)s columns; %(limit)s are allowed. Remove what does not belong to the list, "
    "or check the delimiter of the file."
)
LONG_CELL = gettext_noop(
    "Row %(row)s holds %(length)s characters in column %(column)s; a cell may hold %(limit)s. "
    "Shorten or empty that cell, and upload the list again."
)
TOO_LONG = gettext_noop(
    "A text in %(place)s has more than %(limit)s characters, which is more than a cell may hold. "
    "Shorten or empty that cell, and upload the list again."
)
TOO_MANY = gettext_noop(
    "There are more than %(limit)s %(things)s in %(place)s, which is more than can be read. "
    "Copy the list alone into a new workbook, save it and upload that."
)
TOO_LONG_LINE = gettext_noop(
    "Line %(line)s, or one soon after it, is longer than %(limit)s KB: that is no line of a list. "
    "Check that the file is complete and that its lines end, or upload the list as XLSX."
)
TOO_MANY_QUOTES = gettext_noop(
    "Quotation marks that are never closed stand on too many lines, up to line %(line)s. "
    "Have the file written without them, or upload the list as XLSX."
)
NOT_SAFE = gettext_noop(
    "The file declares a document type or entities in %(place)s, which no spreadsheet program writes. "
    "Open it in a spreadsheet program, save it as XLSX and upload that."
)
NO_TABLE = gettext_noop("There is no table in the file. Upload the list as XLSX or CSV.")
WRONG_ENCODING = gettext_noop(
    "The text is not in the encoding %(encoding)s that the source is set to (%(problem)s). "
    "Leave the encoding of the source empty to have it found."
)

logger = logging.getLogger(__name__)


def refused(template: str, **params: object) -> ListRefused:
    return ListRefused(Message(template, params))


@contextmanager
def refusing_damage(kind: str) -> Iterator[None]:
    """Whatever a library raises over a broken file becomes one clear refusal; the details go to the log.

    Want of memory is no damage: whoever limits this process has the words for it.
    """
    try:
        yield
    except (ListRefused, MemoryError):
        raise
    except Exception as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY and isinstance(error, etree.XMLSyntaxError):
            raise MemoryError from error
        logger.info("Unreadable %s", kind, exc_info=True)
        problem = " ".join(str(error).split())[:200] or type(error).__name__
        raise refused(_DAMAGED, kind=kind.upper(), problem=problem) from error
