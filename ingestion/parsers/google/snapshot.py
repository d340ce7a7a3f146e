"""A snapshot of a Google Sheet: Google's own answers as JSON Lines, so that any run can be repeated from the bytes."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, cast

from django.utils.translation import gettext_noop
from openpyxl.utils import get_column_letter

from ingestion.errors import ConfigurationError
from ingestion.pricegrid.problems import register

if TYPE_CHECKING:
    from ingestion.parsers.google.client import Sheets

ADDRESS = re.compile(r"https://docs\.google\.com/spreadsheets/(?:u/\d+/)?d/([A-Za-z0-9_-]{10,200})(?:[/?#]\S*)?")
TAB = re.compile(r"[#&?]gid=(\d+)")
FORMAT = "google_sheets/1"
ROWS_A_REQUEST = 20_000
PROPERTIES = "title,sheetId,index,hidden,sheetType,gridProperties(rowCount,columnCount)"
LOOK = "numberFormat,backgroundColor,textFormat(bold,italic,fontSize)"
CELL = f"effectiveValue,userEnteredValue/formulaValue,effectiveFormat({LOOK})"
BOOK_FIELDS = f"properties(title,locale,timeZone),sheets(properties({PROPERTIES}),merges)"
ROW_FIELDS = (
    "sheets(properties(sheetId),data(startRow,startColumn,"
    f"rowMetadata(hiddenByUser,hiddenByFilter),columnMetadata(hiddenByUser),rowData(values({CELL}))))"
)
NOT_GOOGLE = register(
    "google.bad_address",
    None,
    gettext_noop(
        "%(address)s is not the address of a Google Sheet. Copy it from the browser, where the sheet is open: "
        "https://docs.google.com/spreadsheets/d/..."
    ),
)
NO_TAB = register("google.no_tab", None, gettext_noop("The sheet has no tab named %(tab)s. Its tabs are: %(tabs)s."))


class _Place(NamedTuple):
    """Which spreadsheet, and which tab was open when the address was copied."""

    key: str
    tab_id: int | None


def place_of(address: str) -> _Place:
    """Nothing of the address is ever contacted: only the key in it is used."""
    found = ADDRESS.fullmatch(address.strip())
    if found is None:
        raise ConfigurationError(NOT_GOOGLE.message(address=address[:200]))
    tab = TAB.search(address)
    return _Place(found[1], int(tab[1]) if tab else None)


def take_snapshot(sheets: Sheets, place: _Place, tabs: Sequence[str]) -> tuple[str, BinaryIO]:
    """The spreadsheet's title, and the answers: first what the book is, then its rows in portions."""
    book = sheets.get(place.key, {"fields": BOOK_FIELDS})
    book["sheets"] = chosen(book["sheets"], tabs, place.tab_id)
    content = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 - the caller closes it
    write(content, {"format": FORMAT, **book})
    for sheet in book["sheets"]:
        for portion in ranges(sheet["properties"]):
            params = {"ranges": portion, "includeGridData": "true", "fields": ROW_FIELDS}
            write(content, sheets.get(place.key, params))
    content.seek(0)
    return str(book["properties"]["title"]), content


def chosen(sheets: list[dict[str, Any]], tabs: Sequence[str], tab_id: int | None) -> list[dict[str, Any]]:
    """The tabs asked for, else the one of the address unless that is just the first, else all."""
    grids = [sheet for sheet in sheets if sheet["properties"].get("sheetType", "GRID") == "GRID"]
    by_name = {sheet["properties"]["title"]: sheet for sheet in grids}
    for tab in tabs:
        if tab not in by_name:
            raise ConfigurationError(NO_TAB.message(tab=tab, tabs=", ".join(by_name)))
    if tabs:
        return [by_name[tab] for tab in tabs]
    return [sheet for sheet in grids if tab_id and sheet["properties"].get("sheetId", 0) == tab_id] or grids


def ranges(properties: dict[str, Any]) -> Iterator[str]:
    grid = properties.get("gridProperties", {})
    last = get_column_letter(grid.get("columnCount", 26))
    tab = properties["title"].replace("'", "''")
    for first in range(1, grid.get("rowCount", 1000) + 1, ROWS_A_REQUEST):
        yield f"'{tab}'!A{first}:{last}{min(first + ROWS_A_REQUEST - 1, grid.get('rowCount', 1000))}"


def write(content: BinaryIO, answer: dict[str, Any]) -> None:
    """Sorted keys: the same sheet gives the same bytes, and is recognised by their hash."""
    content.write(json.dumps(answer, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n")
