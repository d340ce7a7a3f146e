"""What happens to a list on its way from one month to the next: each mutation makes another list of a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from ingestion.pricegrid.cells.grid import Cell, Style
from ingestion.pricegrid.structure.items_above_header import FEW_CELLS
from tests.ingestion.pricegrid.zoo.listing import Listing

Mutation = Callable[[Listing, Random], Listing]
MUTATIONS: dict[str, Mutation] = {}
TITLES: Sequence[Sequence[Cell]] = (
    ("ООО «Ромашка»", None, "12.03.2026"),
    ("Phone:", "+375 29 000-00-00"),
    ("Курс USD", 3.25),
    (None, "Price list, terms: 30 days"),
    (),
    ("Min order 500",),
)


def mutation(made: Mutation) -> Mutation:
    MUTATIONS[made.__name__] = made
    return made


def header_row(listing: Listing) -> int | None:
    """The fullest row above the first item."""
    above = range(1, min(listing.wanted, default=1))
    return max(above, key=lambda row: sum(cell not in (None, "") for cell in listing.cells[row - 1]), default=None)


def moved(listing: Listing, at: int, by: int) -> Listing:
    """The same list after rows were put in (or taken out) before row `at`."""
    return replace(
        listing,
        cells=list(listing.cells),
        wanted={row + by if row >= at else row: wanted for row, wanted in listing.wanted.items()},
        merges=[
            m._replace(first_row=m.first_row + by, last_row=m.last_row + by) if m.first_row >= at else m
            for m in listing.merges
        ],
        styles={(row + by if row >= at else row, column): style for (row, column), style in listing.styles.items()},
    )


def inserted(listing: Listing, at: int, rows: Sequence[Sequence[Cell]]) -> Listing:
    other = moved(listing, at, len(rows))
    other.cells[at - 1 : at - 1] = [list(row) for row in rows]
    return other


def restyled(listing: Listing, place: Callable[[int], int]) -> dict[tuple[int, int], Style]:
    """The styles where the columns, counted from 0, have moved to another place."""
    return {(row, place(column - 1) + 1): style for (row, column), style in listing.styles.items()}


@mutation
def without_header(listing: Listing, random: Random) -> Listing:
    row = header_row(listing)
    if row is None or listing.merges:
        return listing
    other = moved(listing, row + 1, -1)
    del other.cells[row - 1]
    return without_counted_codes(other)


def without_counted_codes(listing: Listing) -> Listing:
    """Where no header calls them codes, numbers from 1 on may be those of the lines: either way is right."""
    if not {wanted.code for wanted in listing.wanted.values()} <= set(map(str, range(len(listing.cells) + 1))):
        return listing
    unknown = {number: wanted._replace(code=None) for number, wanted in listing.wanted.items()}
    return replace(listing, wanted=unknown)


@mutation
def with_titles(listing: Listing, random: Random) -> Listing:
    return inserted(listing, 1, random.sample(TITLES, 4))


@mutation
def with_other_columns(listing: Listing, random: Random) -> Listing:
    """The columns in another order."""
    if listing.merges:
        return listing
    width = max(map(len, listing.cells))
    order = random.sample(range(width), width)
    cells: list[list[Cell]] = []
    for row in listing.cells:
        wide = [*row, *[None] * (width - len(row))]
        cells.append([wide[column] for column in order])
    return replace(listing, cells=cells, styles=restyled(listing, order.index))


@mutation
def with_an_empty_column(listing: Listing, random: Random) -> Listing:
    if listing.merges:
        return listing
    at = random.randrange(max(map(len, listing.cells)))
    styles = restyled(listing, lambda column: column + (column >= at))
    return replace(listing, cells=[[*row[:at], None, *row[at:]] for row in listing.cells], styles=styles)


@mutation
def with_a_nonsense_header(listing: Listing, random: Random) -> Listing:
    row = header_row(listing)
    if row is None:
        return listing
    cells = [list(each) for each in listing.cells]
    filled = [column for column, cell in enumerate(cells[row - 1]) if cell]
    cells[row - 1][random.choice(filled)] = "Zqwrtx"
    return replace(listing, cells=cells)


@mutation
def with_header_again(listing: Listing, random: Random) -> Listing:
    row = header_row(listing)
    if row is None or listing.merges:
        return listing
    middle = sorted(listing.wanted)[: len(listing.wanted) // 2]
    return inserted(listing, random.choice(middle), [listing.cells[row - 1]])


@mutation
def with_header_only_later(listing: Listing, random: Random) -> Listing:
    """The first page came without its header, the second has one; narrow lists may look like titles by chance."""
    row = header_row(listing)
    is_narrow = row is not None and sum(cell not in (None, "") for cell in listing.cells[row - 1]) <= FEW_CELLS
    return listing if row is None or is_narrow else without_header(with_header_again(listing, random), random)


@mutation
def with_blank_rows(listing: Listing, random: Random) -> Listing:
    return inserted(listing, random.choice(sorted(listing.wanted)), [[], []])


@mutation
def with_a_number_column(listing: Listing, random: Random) -> Listing:
    """Quantities without a header: they must never be prices."""
    if listing.merges:
        return listing
    width = max(map(len, listing.cells))
    return replace(
        listing,
        cells=[
            [*row, *[None] * (width - len(row)), random.choice((0, 1, 5, 12)) if len(row) > 1 else None]
            for row in listing.cells
        ],
    )


@mutation
def with_lost_prices(listing: Listing, random: Random) -> Listing:
    """Some rows lose their last cell."""
    cells, wanted = [list(row) for row in listing.cells], dict(listing.wanted)
    for row in random.sample(sorted(wanted), 3):
        kept: list[Cell] = [None if isinstance(cell, float) else cell for cell in cells[row - 1]]
        if kept != cells[row - 1] and not isinstance(cells[row - 1][0], float):
            cells[row - 1], wanted[row] = kept, wanted[row]._replace(price=None)
    return replace(listing, cells=cells, wanted=wanted)
