"""What the mapping screen is told about a trial, as JSON: columns, rows and what was found."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ingestion.admin.understanding import SKIPPED
from ingestion.fields import LABELS
from ingestion.mapping.grid import SHOWN_ROWS
from ingestion.mapping.trial import Trial
from ingestion.sheet.columns import GIVEN
from ingestion.sheet.fingerprint import is_bound, key_of
from ingestion.sheet.grid import Book
from ingestion.sheet.hints import Hints
from ingestion.sheet.reading import understand
from ingestion.sheet.records import ColumnGuess, ListRefused, SheetUnderstanding
from ingestion.texts import text_of

RULES = (_("as found"), _("rows never name a category"), _("every row with one filled cell names a category"))
KINDS = {
    "item": _("item"),
    "section": _("section: names the category of what follows"),
    "continuation": _("goes on with the item above"),
    "header": _("header"),
    "total": _("total, not used"),
    "note": _("note, not used"),
    "stray": _("belongs to no item, not used"),
    "blank": _("empty"),
}


def facts(trial: Trial, sheet: str) -> dict[str, Any]:
    shown = next((each for each in trial.sheets if (each.name or "") == sheet), None)
    return {
        "sheets": [
            {"name": each.name or "", "chosen": each.chosen, "reason": text_of(each.reason)} for each in trial.sheets
        ],
        "columns": columns(shown) if shown else {},
        "rows": rows(trial, shown.name) if shown else {},
        "found": {
            "header_row": list(shown.header_rows) if shown else [],
            "data_start_row": shown.data_start_row if shown else None,
            "currency": (shown.currency if shown else None) or "",
            "decimal_sign": (shown.decimal_sign if shown else None) or "",
        },
    }


def skipped(trial: Trial) -> list[tuple[str, int]]:
    """How many rows are no items, by kind; blank ones interest nobody."""
    return [(str(SKIPPED.get(kind, kind)), count) for kind, count in trial.skipped.items() if kind != "blank"]


def columns(sheet: SheetUnderstanding) -> dict[str, Any]:
    headers = [guess.header for guess in sheet.columns]
    return {guess.letter: column(guess, headers) for guess in sheet.columns}


def column(guess: ColumnGuess, headers: list[str]) -> dict[str, Any]:
    return {
        "field": guess.field,
        "label": str(LABELS[guess.field]),
        "key": key_of(guess.letter, guess.header, headers),
        "used": is_bound(guess),
        "given": guess.reason.template == GIVEN,
        "percent": round(100 * guess.confidence),
        "reason": text_of(guess.reason),
    }


def rows(trial: Trial, sheet: str | None) -> dict[int, Any]:
    """What became of the rows that are on the screen."""
    return {
        row: {"kind": mark.kind, "text": mark.text or str(KINDS.get(mark.kind, mark.kind))}
        for (name, row), mark in trial.marks.items()
        if name == sheet and row <= SHOWN_ROWS and mark.kind != "blank"
    }


def first_read(book: Book, hints: Hints) -> str:
    """The name of the first sheet that is read; where none is, of the first that people can see."""
    try:
        chosen = [index for index, found in enumerate(understand(book, hints).sheets) if found.chosen]
    except ListRefused:
        chosen = [index for index, sheet in enumerate(book.sheets) if sheet.state == "visible"]
    return book.sheets[chosen[0]].name if chosen else ""
