"""Where a price comes from: run, file, sheet, row, the cell as it stands there, and the rule that read it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from catalog.models import PriceHistory
from ingestion.corrections import corrections_of
from ingestion.errors import IngestionError
from ingestion.lists.storage import local_path
from ingestion.models import Change, IngestionRun, PriceList
from ingestion.parsers.base import SheetParser
from ingestion.parsers.registry import get_parser
from ingestion.sheet.corrected import Place
from ingestion.sheet.grid import Book, Cell
from ingestion.sheet.letters import column_index, column_letter
from ingestion.sheet.records import ListRefused
from ingestion.sheet.values.text import show
from ingestion.texts import text_of

Kind = IngestionRun.Kind


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
    elif found.set_by.kind == Kind.EDIT:
        found.rule = _("Set by hand by %s.") % (found.set_by.started_by or "?")
    elif found.run is None or found.run.price_list is None:
        found.note = _("The list was deleted.")
    else:
        found.price_list = found.run.price_list
        name_column(found, found.run)
        read_row(found, found.run)
    return found


def listing_run(run: IngestionRun | None, price: PriceHistory) -> IngestionRun | None:
    """The run whose list said it: of an accepted price the one that had held it."""
    if run is None or run.kind != Kind.DECISION:
        return run
    change = Change.objects.filter(run=run, item_id=price.supplier_item_id).select_related("origin__run").first()
    return change.origin.run if change and change.origin else None


def name_column(found: Explanation, run: IngestionRun) -> None:
    for sheet in run.understanding.get("sheets", []):
        if not sheet["chosen"] or (sheet["sheet"] or "") != found.sheet:
            continue
        for column in sheet["columns"]:
            if column["field"] == "price":
                found.column, found.header = column["letter"], column["header"]
                found.rule = rule_of(column["reason"], sheet.get("decimal_sign"), sheet.get("currency"))


def rule_of(reason: str, decimal_sign: str | None, currency: str | None) -> str:
    parts = [_("The column was taken for the price: %s.") % reason.rstrip(".")]
    if decimal_sign:
        parts.append(_("The decimal sign of the column is “%s”.") % decimal_sign)
    if currency:
        parts.append(_("The currency of the sheet is %s.") % currency)
    return " ".join(parts)


def read_row(found: Explanation, run: IngestionRun) -> None:
    """Reads the row again in the stored bytes."""
    parser = get_parser(run.parser_type)
    if not isinstance(parser, SheetParser) or found.price_list is None:
        found.note = _("Lists that are read by “%s” have no cells to look at.") % parser.title
        return
    try:
        with local_path(found.price_list) as path, closing(parser.book(path, run.source_config)) as book:
            cells = row_of(book, found.sheet, found.row_number)
    except (IngestionError, ListRefused) as refusal:
        found.note = text_of(refusal.message)
        return
    found.cells = [(column_letter(index), show(cell)) for index, cell in enumerate(cells)]
    index = column_index(found.column)
    if index is not None and index < len(cells):
        found.raw = show(cells[index])
    place = Place(found.sheet, found.row_number or 0, found.column)
    found.correction = corrections_of(run).get(place, "")


def row_of(book: Book, sheet_name: str, row_number: int | None) -> list[Cell]:
    for sheet in book.sheets:
        if (sheet.name or "") == sheet_name:
            for number, cells in sheet.rows():
                if number == row_number:
                    return list(cells)
    return []
