"""Lists whose codes are missing, or of another kind; each builder makes one in the words of a language."""

from __future__ import annotations

from tests.ingestion.pricegrid.zoo.languages import Language
from tests.ingestion.pricegrid.zoo.listing import Listing
from tests.ingestion.pricegrid.zoo.traits import Builder, things

KEYS: dict[str, Builder] = {}


def key(builder: Builder) -> Builder:
    KEYS[builder.__name__] = builder
    return builder


def isbn(number: int) -> str:
    """A valid one of 13 digits."""
    digits = f"978300{number * 613 % 1000000:06d}"
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


@key
def empty_code_column(language: Language, variant: int) -> Listing:
    """A column for codes in which none stands: codes are made of the names."""
    made = Listing()
    made.row(*(language.say(field, variant) for field in ("code", "name", "unit", "price")))
    for i, _, name in things(language):
        price = language.amount(i)
        made.item(None, name, language.say("piece"), float(price), name=name, price=price)
    return made


@key
def isbns(language: Language, variant: int) -> Listing:
    """Books: an international number is the only code."""
    made = Listing()
    made.row("ISBN", language.say("name", variant), language.say("price", variant), language.say("stock", variant))
    for i, _, name in things(language):
        price, number = language.amount(i), isbn(i)
        cell = int(number) if variant % 2 else number
        made.item(cell, name, float(price), i * 3, code=number, name=name, price=price, quantity=i * 3)
    return made


@key
def isbns_with_hyphens(language: Language, variant: int) -> Listing:
    made = Listing()
    made.row(language.say("name", variant), "ISBN-13", language.say("price", variant))
    for i, _, name in things(language):
        price, number = language.amount(i), isbn(i)
        written = f"{number[:3]}-{number[3]}-{number[4:8]}-{number[8:12]}-{number[12]}"
        made.item(name, written, float(price), code=written, name=name, price=price)
    return made
