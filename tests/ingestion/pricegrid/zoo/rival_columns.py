"""Lists in which another column could be taken for the price; or that have none at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.fields import PRICES
from ingestion.pricegrid.vocabulary import match_header
from tests.ingestion.pricegrid.zoo.languages import Language
from tests.ingestion.pricegrid.zoo.listing import Listing
from tests.ingestion.pricegrid.zoo.mutations import header_row, restyled, without_counted_codes
from tests.ingestion.pricegrid.zoo.traits import things

Maker = Callable[[Listing, Random], Listing]
RIVAL_COLUMNS: dict[str, Maker] = {}
UNKNOWN = "Zqwrtx"


def rival(made: Maker) -> Maker:
    RIVAL_COLUMNS[made.__name__] = made
    return made


def priced(listing: Listing) -> list[int]:
    return [row for row, wanted in sorted(listing.wanted.items()) if wanted.price is not None]


def price_words(listing: Listing) -> list[str]:
    """What the header says above prices."""
    row = header_row(listing)
    texts = [cell for cell in listing.cells[row - 1] if isinstance(cell, str)] if row else []
    return [text for text in texts if any(match.field in PRICES for match in match_header(text)[:1])]


def beside(listing: Listing, random: Random, head: str, values: Sequence[Cell]) -> Listing:
    """With one more column somewhere, a value for each priced row."""
    row = header_row(listing)
    if listing.merges or (row is None and head):
        return listing
    at = random.randrange(max(map(len, listing.cells)) + 1)
    said = dict(zip(priced(listing), values, strict=True))
    if row is not None:
        said[row] = head or None
    cells = [list(each) for each in listing.cells]
    for number, row_cells in enumerate(cells, 1):
        if number in said or len(row_cells) > at:
            row_cells.extend([None] * (at - len(row_cells)))
            row_cells.insert(at, _written(listing, said.get(number)))
    return replace(listing, cells=cells, styles=restyled(listing, lambda column: column + (column >= at)))


def _written(listing: Listing, value: Cell) -> Cell:
    return value if value is None or not listing.is_text else str(value)


@rival
def with_ranks(listing: Listing, random: Random) -> Listing:
    count = len(priced(listing))
    head = random.choice(("", UNKNOWN, "Rank", *(f"{word} {UNKNOWN} (1 = best)" for word in price_words(listing))))
    return beside(listing, random, head, random.sample(range(1, count + 1), count))


@rival
def with_rising_numbers(listing: Listing, random: Random) -> Listing:
    numbers = sorted(random.sample(range(3, 900), len(priced(listing))))
    return beside(listing, random, random.choice(("", UNKNOWN)), numbers)


@rival
def with_rates(listing: Listing, random: Random) -> Listing:
    rates = [random.choice((10, 12.5, 15, 20, 33.5)) for _ in priced(listing)]
    return beside(listing, random, random.choice(("", UNKNOWN, "Margin %")), rates)


@rival
def with_weights(listing: Listing, random: Random) -> Listing:
    weights = [random.randrange(5, 9000) / 100 for _ in priced(listing)]
    return beside(listing, random, random.choice(("", UNKNOWN, "Weight, kg")), weights)


@rival
def with_years(listing: Listing, random: Random) -> Listing:
    years = [random.randrange(2015, 2027) for _ in priced(listing)]
    return beside(listing, random, random.choice(("", UNKNOWN)), years)


@rival
def with_a_higher_amount(listing: Listing, random: Random) -> Listing:
    factor = random.choice((1.2, 1.3, 1.5, 2.0))
    return beside(listing, random, random.choice(("", UNKNOWN)), _amounts(listing, factor))


@rival
def with_quantity_and_total(listing: Listing, random: Random) -> Listing:
    quantities = [random.randrange(1, 40) for _ in priced(listing)]
    totals = [round(amount * count, 2) for amount, count in zip(_amounts(listing, 1), quantities, strict=True)]
    with_total = beside(listing, random, random.choice(("", UNKNOWN, "Total")), totals)
    return beside(with_total, random, random.choice(("", UNKNOWN, "Qty")), quantities)


def _amounts(listing: Listing, factor: float) -> list[float]:
    return [round(float(listing.wanted[row].price or 0) * factor, 2) for row in priced(listing)]


@rival
def with_unknown_words_only(listing: Listing, random: Random) -> Listing:
    row = header_row(listing)
    if row is None:
        return listing
    cells = [list(each) for each in listing.cells]
    cells[row - 1] = [f"{UNKNOWN}{at}" if cell else cell for at, cell in enumerate(cells[row - 1])]
    return without_counted_codes(replace(listing, cells=cells))


def unnamed_price_beside_retail(language: Language, variant: int) -> Listing:
    """The price has no header (or an unknown one); beside it stands a higher one called retail."""
    made = Listing()
    head = ("", UNKNOWN)[variant % 2] or None
    first = variant % 4 < 2
    retail = language.say("retail", variant)
    heads = (head, retail) if first else (retail, head)
    made.row(language.say("code", variant), language.say("name", variant), *heads, language.say("stock", variant))
    for i, code, name in things(language, 12):
        price = language.amount(i)
        dear = price * (14 + i % 3) / 10
        amounts = (float(price), float(dear)) if first else (float(dear), float(price))
        made.item(code, name, *amounts, i * 3 % 11, code=code, name=name, price=price)
    return made


def without_a_price(language: Language, variant: int) -> Listing:
    """Quantities, weights, places and no price at all; or the numbers of rows, some of which were left out."""
    made = Listing()
    heads = [language.say(field, variant) for field in ("code", "name", "unit", "stock")]
    made.row(*((*heads, None, UNKNOWN) if variant % 3 else (None, *heads)))
    for i, code, name in things(language):
        cells = (code, name, language.say("piece"), i * 3 % 17)
        more = (round(i * 1.37, 2) if variant % 2 else i, 10 * i % 70)
        made.row(*((*cells, *more) if variant % 3 else (9 + i + i // 3, *cells)))
    return made
