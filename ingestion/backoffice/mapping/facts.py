"""What the mapping screen is told about a trial, as JSON: columns, rows and what was found."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ingestion.backoffice.runs.understanding import SKIPPED
from ingestion.views.grid import SHOWN_ROWS
from ingestion.views.seen import SheetSeen
from ingestion.views.trial import Trial

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
        "sheets": [{"name": each.name or "", "chosen": each.chosen, "reason": each.reason} for each in trial.sheets],
        "columns": columns(shown) if shown else {},
        "rows": rows(trial, shown.name) if shown else {},
        "found": {
            "header_row": shown.header_rows if shown else [],
            "data_start_row": shown.data_start_row if shown else None,
            "currency": shown.currency if shown else "",
            "decimal_sign": shown.decimal_sign if shown else "",
        },
    }


def skipped(trial: Trial) -> list[tuple[str, int]]:
    """How many rows are no items, by kind; blank ones interest nobody."""
    return [(str(SKIPPED.get(kind, kind)), count) for kind, count in trial.skipped.items() if kind != "blank"]


def columns(sheet: SheetSeen) -> dict[str, Any]:
    return {column.letter: column._asdict() for column in sheet.columns}


def rows(trial: Trial, sheet: str | None) -> dict[int, Any]:
    """What became of the rows that are on the screen."""
    return {
        row: {"kind": mark.kind, "text": mark.text or str(KINDS.get(mark.kind, mark.kind))}
        for (name, row), mark in trial.marks.items()
        if name == sheet and row <= SHOWN_ROWS and mark.kind != "blank"
    }
