"""Lists with something beside the price that is none, or another one; a builder makes one in a language."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ingestion.pricegrid.cells import Cell
from tests.ingestion.pricegrid.zoo.further_words import further
from tests.ingestion.pricegrid.zoo.languages import Language
from tests.ingestion.pricegrid.zoo.listing import Listing
from tests.ingestion.pricegrid.zoo.traits import Builder, things

RIVAL_PRICES: dict[str, Builder] = {}
SIZES = ("S", "M", "L")
TENTHS = 10


def rival_price(builder: Builder) -> Builder:
    RIVAL_PRICES[builder.__name__] = builder
    return builder


def beside(language: Language, heads: Sequence[str], factors: Sequence[int], paid: int, retail: int | None) -> Listing:
    """A list with several prices: each is so many tenths of what the item at place `paid` costs."""
    made = Listing()
    made.row(language.say("code"), language.say("name"), *heads, language.say("unit"))
    for i, code, name in things(language):
        base = language.amount(i)
        amounts = [(base * (tenths + (i % 2 if tenths != TENTHS else 0)) / TENTHS) for tenths in factors]
        public = None if retail is None else amounts[retail]
        cells: list[Cell] = [code, name, *map(float, amounts), language.say("piece")]
        made.item(*cells, code=code, name=name, price=amounts[paid], retail=public)
    return made


@rival_price
def markup(language: Language, variant: int) -> Listing:
    """A column of margins in per cent, right before the price."""
    made = Listing()
    heads = (language.say("code"), language.say("name"))
    made.row(*heads, further(language, "markup", variant), language.say("price", variant))
    for i, code, name in things(language):
        price = language.amount(i)
        made.item(code, name, 10 + i * 7 % 25 + 0.5, float(price), code=code, name=name, price=price)
    return made


@rival_price
def public_price_beside_trade_price(language: Language, variant: int) -> Listing:
    heads = [language.say("retail", variant), language.say("dealer", variant)]
    return beside(language, heads, (15, 10), 1, 0)


@rival_price
def price_for_the_client_and_for_you(language: Language, variant: int) -> Listing:
    """What the client pays stands first, then what we pay; the first is a retail price."""
    heads = [further(language, "client", variant), further(language, "yours", variant)]
    return beside(language, heads, (14, 10), 1, None)


@rival_price
def plain_price_and_for_you(language: Language, variant: int) -> Listing:
    return beside(language, [language.say("price"), further(language, "yours", variant)], (14, 10), 1, None)


@rival_price
def old_price_beside_the_new(language: Language, variant: int) -> Listing:
    heads = [further(language, "old", variant), further(language, "new", variant)]
    return beside(language, heads, (8, 10), 1, None)


@rival_price
def prices_by_letter_size(language: Language, variant: int) -> Listing:
    """ "Price S", "Price M", "Price L": nothing says which one is paid."""
    return beside(language, [f"{language.say('price')} {size}" for size in SIZES], (10, 12, 15), 0, None)


@rival_price
def prices_below_letter_sizes(language: Language, variant: int) -> Listing:
    """The same below a price that is merged over its sizes."""
    made = Listing()
    made.row(language.say("code"), language.say("name"), language.say("price"), None, None)
    made.row(None, None, *SIZES)
    made.merge(1, 3, 1, 5)
    for i, code, name in things(language):
        price = language.amount(i)
        amounts = [float(price * tenths / TENTHS) for tenths in (10, 12, 15)]
        made.item(code, name, *amounts, code=code, name=name, price=price)
    return made


def sum_of(amounts: Sequence[Decimal]) -> float:
    return float(sum(amounts, Decimal(0)))


@rival_price
def totals_rows(language: Language, variant: int) -> Listing:
    """Quantities and sums of lines; a total below every eight items and below all."""
    made = Listing()
    fields = ("name", "unit", "price")
    made.row(*(language.say(field, variant) for field in fields))
    amounts: list[Decimal] = []
    for i, _, name in things(language):
        amounts.append(language.amount(i))
        made.item(name, language.say("piece"), float(amounts[-1]), name=name, price=amounts[-1])
        if i % 8 == 0:
            made.row(language.total, None, sum_of(amounts[-8:]))
    made.row(f"{language.total}:", None, sum_of(amounts))
    return made
