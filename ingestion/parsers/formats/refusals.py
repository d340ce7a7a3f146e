"""Why a file as a whole is refused, in words, and what to do about it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from ingestion.sheet.records import ListRefused, Message, gettext_noop

EMPTY = gettext_noop("The file is empty. Ask the supplier to send it again.")
ENCRYPTED = gettext_noop(
    "The workbook is protected with a password and cannot be read. "
    "Open it in Excel, remove the password (File > Info > Protect Workbook), save it and upload it again."
)
NOT_A_LIST = gettext_noop(
    "The file is %(found)s, not a spreadsheet, whatever its name says. "
    "Upload the list as XLSX, XLS, XLSB, ODS, CSV or an HTML table."
)
DAMAGED = gettext_noop(
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
    """Whatever a library raises over a broken file becomes one clear refusal; the details go to the log."""
    try:
        yield
    except ListRefused:
        raise
    except Exception as error:
        logger.info("Unreadable %s", kind, exc_info=True)
        problem = " ".join(str(error).split())[:200] or type(error).__name__
        raise refused(DAMAGED, kind=kind.upper(), problem=problem) from error
