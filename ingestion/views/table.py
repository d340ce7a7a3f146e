"""A table that somebody sends to be imported into the catalog: its first sheet as headers and rows."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date, time
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_noop

from ingestion.errors import ConfigurationError
from ingestion.lists.storage import PREPARED
from ingestion.models import PreparedView
from ingestion.pricegrid import ListRefused, Message, open_book
from ingestion.pricegrid.cells import Cell, cell_text
from ingestion.reader import limits_for, read_apart
from ingestion.serving import refuse_while_serving
from ingestion.views import prepared
from ingestion.views.kinds import Made, ViewKind, Watch, register_kind

GONE = gettext_noop("The file of this import is not kept any more, or was not read. Choose it again.")
_TOO_MANY = gettext_noop("The file has more than %(limit)d rows. Import it in parts.")
TOO_WIDE = gettext_noop("Row %(row)d has more than %(limit)d cells: the catalog has no table as wide as that.")
_TOO_LONG = gettext_noop("A cell of row %(row)d holds more than %(limit)d characters.")
_NOTHING = gettext_noop("The file has no rows under its headers.")
MOST_COLUMNS = 100
LONGEST_CELL = 5_000
LONGEST_KEY = 18  # digits of a number that a key can be
Value = str | int | float | bool | None


class Table(NamedTuple):
    headers: list[str]
    rows: list[list[Value]]


def ask_table(file: File[bytes], *, by: User) -> PreparedView:
    """Keeps the file for as long as its view. Raises TooMuchAsked."""
    name = default_storage.save(f"{PREPARED}/{get_random_string(32)}{Path(file.name or '').suffix[:10]}", file)
    return prepared.request_view(
        TABLE.name, by=by, params={PreparedView.UPLOAD: name, "name": Path(file.name or "").name[-255:]}
    )


def table_read(pk: str, *, by: User) -> PreparedView | None:
    """The file that a person has sent, once it is read; nobody else's."""
    own = PreparedView.objects.filter(kind=TABLE.name, asked_by=by, status=PreparedView.Status.READY)
    return own.filter(pk=pk[:LONGEST_KEY]).first() if pk.isdecimal() else None


def make_table(view: PreparedView, watch: Watch) -> Made:
    name = view.params[PreparedView.UPLOAD]
    with tempfile.NamedTemporaryFile(suffix=Path(name).suffix) as copy:
        try:
            with default_storage.open(name) as stored:
                shutil.copyfileobj(stored, copy)
        except FileNotFoundError as error:
            raise ConfigurationError(Message(GONE)) from error
        copy.flush()
        path = Path(copy.name)
        most = settings.CATALOG_IMPORT_MAX_ROWS
        return Made(read_apart(partial(table_in, path, most), limits=limits_for(path), on_wait=watch))


def table_in(path: Path, most: int) -> dict[str, Any]:
    """In the process apart. Raises ListRefused over what is no table, or is too large for one."""
    refuse_while_serving()
    book = open_book(path, delimiter="," if path.suffix.lower() == ".csv" else None)
    try:
        rows: list[list[Value]] = []
        for number, cells in book.sheets[0].rows():
            rows.append(checked(number, cells))
            if len(rows) > most + 1:
                raise ListRefused(Message(_TOO_MANY, {"limit": most}))
    finally:
        book.close()
    filled = [row for row in rows if any(value not in (None, "") for value in row)]
    if len(filled) < 2:
        raise ListRefused(Message(_NOTHING))
    headers = [str(value or "") for value in filled[0]]
    return Table(headers, [fitted(row, len(headers)) for row in filled[1:]])._asdict()


def checked(number: int, cells: Any) -> list[Value]:
    values = [_value_of(cell) for cell in cells]
    while values and values[-1] in (None, ""):
        values.pop()
    if len(values) > MOST_COLUMNS:
        raise ListRefused(Message(TOO_WIDE, {"row": number, "limit": MOST_COLUMNS}))
    if any(isinstance(value, str) and len(value) > LONGEST_CELL for value in values):
        raise ListRefused(Message(_TOO_LONG, {"row": number, "limit": LONGEST_CELL}))
    return values


def _value_of(cell: Cell) -> Value:
    if (isinstance(cell, float) and cell.is_integer()) or isinstance(cell, date | time):
        return cell_text(cell)
    return cell.replace("\0", "") if isinstance(cell, str) else cell


def fitted(row: list[Value], width: int) -> list[Value]:
    return [*row[:width], *[None] * (width - len(row))]


TABLE = register_kind(
    ViewKind("table", make_table, ("catalog.add_product", "catalog.change_product"), seconds=120, is_private=True)
)
