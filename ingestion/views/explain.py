"""Where a price comes from: run, file, sheet, row, column and the rule; then the cell as it stands there."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from catalog.models import PriceHistory
from ingestion.lists.corrections import corrections_of
from ingestion.models import Change, IngestionRun, PriceList
from ingestion.pricegrid import Field
from ingestion.pricegrid.cells import CellPlace
from ingestion.views.grid import Grid

_Kind = IngestionRun.Kind


@dataclass
class Explanation:
    """What is known; `note` says why not. `run` read the list, `set_by` wrote the price, mostly the same."""

    price: PriceHistory
    run: IngestionRun | None = None
    set_by: IngestionRun | None = None
    price_list: PriceList | None = None
    sheet: str = ""
    row_number: int | None = None
    column: str = ""
    header: str = ""
    raw: str = ""
    correction: str = ""
    rule: str = ""
    note: str = ""
    cells: list[tuple[str, str]] = field(default_factory=list)  # the whole row: letter and text

    @property
    def cell(self) -> str:
        return f"{self.column}{self.row_number}" if self.column and self.row_number else ""


def explain(price: PriceHistory) -> Explanation:
    found = Explanation(price, sheet=price.sheet or "", row_number=price.row_number)
    found.set_by = IngestionRun.objects.filter(pk=price.run_id or 0).select_related("started_by", "price_list").first()
    found.run = listing_run(found.set_by, price)
    if found.set_by is None:
        found.note = _("The run that brought this price is not on record.")
    elif found.set_by.kind == _Kind.EDIT:
        found.rule = _("Set by hand by %s.") % (found.set_by.started_by or "?")
    elif found.run is None or found.run.price_list is None:
        found.note = _("The list was deleted.")
    else:
        found.price_list = found.run.price_list
        name_column(found, found.run)
        place = CellPlace(found.sheet, found.row_number or 0, found.column)
        found.correction = corrections_of(found.run.source_id, found.price_list.sha256).get(place, "")
    return found


def listing_run(run: IngestionRun | None, price: PriceHistory) -> IngestionRun | None:
    """The run whose list said it: of an accepted price the one that had held it."""
    if run is None or run.kind != _Kind.DECISION:
        return run
    change = Change.objects.filter(run=run, item_id=price.supplier_item_id).select_related("origin__run").first()
    return change.origin.run if change and change.origin else None


def name_column(found: Explanation, run: IngestionRun) -> None:
    for sheet in run.understood().read:
        if (sheet.name or "") != found.sheet:
            continue
        for column in sheet.columns:
            if column.field == Field.PRICE:
                found.column, found.header = column.letter, column.header
                found.rule = rule_of(column.reason, sheet.decimal_sign, sheet.currency)


def rule_of(reason: str, decimal_sign: str | None, currency: str | None) -> str:
    parts = [_("The column was taken for the price: %s.") % reason.rstrip(".")]
    if decimal_sign:
        parts.append(_("The decimal sign of the column is “%s”.") % decimal_sign)
    if currency:
        parts.append(_("The currency of the sheet is %s.") % currency)
    return " ".join(parts)


def show_row(found: Explanation, grid: Grid) -> None:
    """Adds what stands in the file, where its rows have been read."""
    row = next((row for row in grid.rows if row.number == found.row_number), None)
    found.cells = [(cell.letter, cell.text) for cell in row.cells] if row else []
    found.raw = dict(found.cells).get(found.column, "")
