"""A list under construction: its rows, and beside each row of an item what must be read from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Cell, Merge, Style
from ingestion.pricegrid.reading import SheetReading, understand
from ingestion.pricegrid.records import Item, ListRefused, RowError
from ingestion.pricegrid.settings import Hints
from tests.ingestion.pricegrid.grids import Grid, GridBook

SHOWN = 3
Amount = Decimal | float | str | int


class Wanted(NamedTuple):
    """What one row must give; what is None is not looked at. Without a price the row must be an error."""

    name: str
    price: Decimal | None
    code: str | None = None
    currency: str | None = None
    category: tuple[str, ...] | None = None
    retail: Decimal | None = None
    availability: str | None = None
    quantity: int | None = None


@dataclass
class Listing:
    name: str = "Sheet1"
    state: str = "visible"
    is_text: bool = False
    cells: list[list[Cell]] = field(default_factory=list)
    wanted: dict[int, Wanted] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    styles: dict[tuple[int, int], Style] = field(default_factory=dict)
    styled: bool = True  # whether its reader knows styles

    def row(self, *cells: Cell, style: Style | None = None, times: int = 1) -> int:
        """One more row; gives its number."""
        for _ in range(times):
            self.cells.append(list(cells))
        if style is not None:
            self.styles |= {(len(self.cells), column): style for column in range(1, max(len(cells), 1) + 1)}
        return len(self.cells)

    def title(self, text: str, style: Style | None = None, column: int = 0) -> int:
        """A row with one text."""
        return self.row(*[None] * column, text, style=style)

    def item(
        self,
        *cells: Cell,
        name: str,
        price: Amount | None,
        style: Style | None = None,
        retail: Amount | None = None,
        **more: object,
    ) -> None:
        number = self.row(*cells, style=style)
        self.wanted[number] = Wanted(name, _decimal(price), retail=_decimal(retail), **more)  # type: ignore[arg-type]

    def merge(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        self.merges.append(Merge(first_row, first_column, last_row, last_column))

    def grid(self) -> Grid:
        return Grid(
            self.cells,
            self.name,
            self.state,
            self.is_text,
            merges=self.merges,
            styles=self.styles,
            has_styles=self.styled and not self.is_text,
        )


def as_text(listing: Listing) -> Listing:
    """The same list as a text file holds it: every value a text, no style, no merge."""
    cells: list[list[Cell]] = [["" if cell is None else str(cell) for cell in row] for row in listing.cells]
    return Listing(listing.name, is_text=True, cells=cells, wanted=listing.wanted)


def reading_of(listings: Sequence[Listing], hints: Mapping[str, object]) -> SheetReading:
    return understand(GridBook([each.grid() for each in listings]), Hints(**hints))  # type: ignore[arg-type]


def problems(listings: Sequence[Listing], **hints: object) -> list[str]:
    """All that is wrong with what is read from a book of lists, the gravest first, in words."""
    try:
        records = list(reading_of(listings, hints))
    except ListRefused as refusal:
        return [f"REFUSED {refusal.message}"] if any(each.wanted for each in listings) else []
    found: list[str] = []
    for each in listings:
        own = [record for record in records if record.sheet in (each.name, None)]
        found += of_sheet(each, {record.row_number: record for record in own if record.row_number})
    if found:
        found.append(str(columns_of(listings, hints)))
    return found[:SHOWN] + found[-1:] if len(found) > SHOWN + 1 else found


def columns_of(listings: Sequence[Listing], hints: Mapping[str, object]) -> list[object]:
    reading = reading_of(listings, hints)
    return [(sheet.name, sheet.header_rows, {c.letter: c.field for c in sheet.columns}) for sheet in reading.sheets]


def of_sheet(listing: Listing, records: Mapping[int, Item | RowError]) -> Iterator[str]:
    for number, wanted in listing.wanted.items():
        record = records.get(number)
        if record is None:
            yield f"row {number} {listing.cells[number - 1]} vanished"
        elif isinstance(record, RowError):
            if wanted.price is not None:
                yield f"row {number}: error {record.message}"
        else:
            yield from (f"row {number}: {fault}" for fault in faults(wanted, record))
    for number, record in records.items():
        if number not in listing.wanted and isinstance(record, Item):
            yield f"row {number} {listing.cells[number - 1]} is no item"


def faults(wanted: Wanted, item: Item) -> Iterator[str]:
    """Where an item is not what was wanted."""
    if wanted.price is None or item.price != wanted.price:
        yield f"price {item.price} for {wanted.price}"
    pairs: list[tuple[str, object, object]] = [
        ("name", item.name, wanted.name),
        ("code", item.supplier_sku, wanted.code),
        ("currency", item.currency, wanted.currency),
        ("category", item.category_path, wanted.category),
        ("retail price", item.retail_price, wanted.retail),
        ("availability", item.stock and item.stock.availability, wanted.availability),
        ("quantity", item.stock and item.stock.quantity, wanted.quantity),
    ]
    yield from (f"{what} {got!r} for {want!r}" for what, got, want in pairs if want is not None and got != want)


def _decimal(amount: Amount | None) -> Decimal | None:
    return None if amount is None else Decimal(str(amount))
