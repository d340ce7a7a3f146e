"""Lists that look like something else; each builder makes one in the words of a language."""

from __future__ import annotations

from ingestion.pricegrid.cells import Cell
from tests.ingestion.pricegrid.zoo.languages import Language
from tests.ingestion.pricegrid.zoo.listing import Listing
from tests.ingestion.pricegrid.zoo.traits import BOLD, Builder, things

DECEPTIVE: dict[str, Builder] = {}


def deceptive(builder: Builder) -> Builder:
    DECEPTIVE[builder.__name__] = builder
    return builder


def letterhead(made: Listing, language: Language) -> None:
    made.row("Example Ltd., Main St. 5, EUR-12345")
    made.row("+375 29 000-00-00", None, "sales@usd-trade.example", "www.example.com")
    made.row(language.title)
    made.row()


@deceptive
def ranking(language: Language, variant: int) -> Listing:
    """A column of ranks right before the price."""
    made = Listing()
    made.row(*(language.say(field, variant) for field in ("code", "name")), "Rank", language.say("price", variant))
    for i, code, name in things(language):
        price = language.amount(i)
        made.item(code, name, i, float(price), code=code, name=name, price=price)
    return made


@deceptive
def below_a_letterhead(language: Language, variant: int) -> Listing:
    """Addresses, telephones and letters of currencies above the header."""
    made = Listing()
    letterhead(made, language)
    made.row(*(language.say(field, variant) for field in ("code", "name", "unit", "price")))
    for i, code, name in things(language):
        price = language.amount(i)
        made.item(code, name, language.say("piece"), float(price), code=code, name=name, price=price)
    return made


@deceptive
def side_by_side(language: Language, variant: int) -> Listing:
    """Two tables beside each other; only the codes of the second ones differ."""
    made = Listing()
    head = [language.say(field, variant) for field in ("code", "name", "price")]
    made.row(*head, None, *head)
    for i, code, name in things(language):
        price = language.amount(i)
        other: list[Cell] = [f"Z{code}", f"{name} Z", float(language.amount(i + 40))]
        made.item(code, name, float(price), None, *other, code=code, name=name, price=price)
    return made


@deceptive
def second_block(language: Language, variant: int) -> Listing:
    """Further down another header with its columns in another order."""
    made = Listing()
    orders = (("code", "name", "price"), ("name", "code", "unit", "price"))
    for block, fields in enumerate(orders):
        made.row()
        made.row(*(language.say(field, variant) for field in fields), style=BOLD)
        for i, code, name in things(language):
            price, own_code = language.amount(i), f"{code}-{block}"
            own: dict[str, Cell] = {
                "code": own_code,
                "name": name,
                "unit": language.say("piece"),
                "price": float(price),
            }
            made.item(*(own[field] for field in fields), code=own_code, name=name, price=price)
    return made


@deceptive
def merged_names(language: Language, variant: int) -> Listing:
    """A name merged over the rows of four codes."""
    made = Listing()
    made.row(*(language.say(field, variant) for field in ("name", "code", "price")))
    for i, code, name in things(language):
        price, place = language.amount(i), (i - 1) % 4
        first = things(language)[i - 1 - place][2]
        made.item(name if place == 0 else None, code, float(price), code=code, name=first, price=price)
        if place == 3:
            made.merge(i - 2, 1, i + 1, 1)
    return made


@deceptive
def codes_without_prices(language: Language, variant: int) -> Listing:
    """Rows with a code and a name but no price are errors, never titles."""
    made = Listing()
    made.row(*(language.say(field, variant) for field in ("code", "name", "unit", "price")))
    for i, code, name in things(language):
        price = None if i % 5 == 0 else language.amount(i)
        made.item(
            code, name, language.say("piece"), None if price is None else float(price),
            code=code, name=name, price=price,
        )  # fmt: skip
    return made
