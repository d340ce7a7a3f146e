"""What the mapping screen is told about a trial, as JSON: columns, rows and what was found."""

from __future__ import annotations

from typing import Any

from ingestion.pricegrid import ROW_KINDS, RowKind
from ingestion.texts import row_label, rows_label
from ingestion.views.grid import SHOWN_ROWS
from ingestion.views.seen import SheetSeen
from ingestion.views.trial import Mark, Trial


def trial_facts(trial: Trial, sheet: str) -> dict[str, Any]:
    shown = next((each for each in trial.sheets if (each.name or "") == sheet), None)
    return {
        "sheets": [{"name": each.name or "", "chosen": each.chosen, "reason": each.reason} for each in trial.sheets],
        "columns": _columns(shown) if shown else {},
        "rows": marked_rows(trial, shown.name) if shown else {},
        "found": {
            "header_row": shown.header_rows if shown else [],
            "data_start_row": shown.data_start_row if shown else None,
            "currency": shown.currency if shown else "",
            "decimal_sign": shown.decimal_sign if shown else "",
        },
    }


def skipped(trial: Trial) -> list[tuple[str, int]]:
    """How many rows are no items, by kind; blank ones interest nobody."""
    return [(rows_label(kind), count) for kind, count in trial.skipped.items() if kind != RowKind.BLANK]


def _columns(sheet: SheetSeen) -> dict[str, Any]:
    return {column.letter: column._asdict() for column in sheet.columns}


def marked_rows(trial: Trial, sheet: str | None) -> dict[int, Any]:
    """What became of the rows that are on the screen."""
    return {
        row: mark_facts(mark)
        for (name, row), mark in trial.marks.items()
        if name == sheet and row <= SHOWN_ROWS and mark.kind != RowKind.BLANK
    }


def mark_facts(mark: Mark) -> dict[str, str]:
    """What the screen shows of one row: it knows no kinds itself."""
    traits = ROW_KINDS.get(mark.kind, RowKind.NOTE).traits  # a kind of a plug-in is nothing that is used
    return {"kind": mark.kind, "sign": traits.sign, "look": traits.look, "text": mark.text or row_label(mark.kind)}
