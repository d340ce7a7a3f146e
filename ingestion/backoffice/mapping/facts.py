"""What the mapping screen is told about a trial, as JSON: columns, rows and what was found."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from catalog.models import SupplierItem
from catalog.money import show_money
from ingestion.backoffice.kit.item_facts import shown_facts
from ingestion.pipeline.columns import FACTS
from ingestion.pricegrid import ROW_KINDS, Item, RowKind
from ingestion.texts import row_label, rows_label, text_of
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


class _Sample(NamedTuple):
    """An item of a trial as the screen shows it; `facts` are in the order of the table's columns."""

    item: Item
    price: str
    facts: list[Any]
    notes: str


def sample_table(trial: Trial) -> dict[str, Any]:
    """The first items, with a column for each fact that one of them has."""
    told = [dict(shown_facts(as_stored(item))) for item in trial.samples]
    names = list(dict.fromkeys(name for facts in told for name in facts))
    lines = [
        _Sample(item, _price_of(item), [facts.get(name, "") for name in names], " ".join(map(text_of, item.notes)))
        for item, facts in zip(trial.samples, told, strict=True)
    ]
    return {"samples": lines, "fact_names": names, "has_notes": any(line.notes for line in lines)}


def _price_of(item: Item) -> str:
    return show_money(item.price, item.currency or "?", item.per_quantity) if item.price is not None else ""


def as_stored(item: Item) -> SupplierItem:
    """The item that a run would make, as far as its facts go."""
    facts = {column.catalog: column.of(item) for column in FACTS}
    price = item.price if item.price is not None else Decimal(0)
    return SupplierItem(current_price=price, currency=item.currency or "", per_quantity=item.per_quantity, **facts)


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
