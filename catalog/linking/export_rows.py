"""A record as a row of an export: what matching reads in it, in columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from catalog.matching.frequencies import Frequencies
from catalog.matching.things import Thing

RARE = 100  # products that hold a word or a code, at most
TEXT, TEXTS, NUMBER = "VARCHAR", "VARCHAR[]", "DOUBLE"
COLUMNS: Mapping[str, str] = {
    "unique_id": TEXT,  # the key in the database
    "product_id": TEXT,  # of an item: its draft
    "supplier_id": TEXT,  # of an item
    "supplier_ids": TEXTS,  # of a product: who offers it
    "name": TEXT,  # as it is written
    "words": TEXTS,  # of the name, in small Latin letters
    "rare_words": TEXTS,  # without digits
    "numbers": TEXTS,
    "codes": TEXTS,  # in the name, but for what it only fits, and the manufacturer's part number; without signs
    "rare_codes": TEXTS,
    "quantities": TEXTS,  # "voltage:18", each dimension on one scale
    "dimensions": TEXTS,  # of these: "voltage"
    "traits": TEXTS,  # "chip:without"; colour stands apart
    "trait_kinds": TEXTS,
    "colour": TEXTS,
    "pack": NUMBER,
    "brand": TEXT,
    "mpn": TEXTS,
    "barcode": TEXT,  # fourteen digits
    "price": NUMBER,  # of one
    "currency": TEXT,
    "category": TEXTS,  # its words
}

Row = Mapping[str, Any]


class Found(NamedTuple):
    thing: Thing
    name: str
    owner: Row  # whose it is


def row_of(found: Found, frequencies: Frequencies) -> Row:
    thing = found.thing
    codes = thing.own_codes | thing.part_numbers
    rare_words = _rare(filter(str.isalpha, thing.words), frequencies.count_of_word)
    rare_codes = _rare(codes, frequencies.count)
    quantities = {**thing.more_quantities, **thing.quantities}
    traits = {**thing.more_traits, **thing.traits}
    colour = traits.pop("colour", ())
    quantities.pop("pack", None)
    said: dict[str, Any] = {
        **dict.fromkeys(COLUMNS),
        "unique_id": thing.id,
        **found.owner,
        "name": found.name,
        "words": thing.words,
        "rare_words": rare_words,
        "numbers": thing.numbers,
        "codes": codes,
        "rare_codes": rare_codes,
        "quantities": [f"{name}:{value:g}" for name, values in quantities.items() for value in values],
        "dimensions": quantities,
        "traits": [f"{kind}:{value}" for kind, values in traits.items() for value in values],
        "trait_kinds": traits,
        "colour": colour,
        "pack": thing.pack,
        "brand": thing.brand,
        "mpn": thing.part_numbers,
        "barcode": thing.barcode,
        "price": thing.price,
        "currency": thing.currency,
        "category": thing.category,
    }
    return {
        name: (value if isinstance(value, str | float) else sorted(value)) if value else None
        for name, value in said.items()
    }


def _rare(said: Iterable[str], count_of: Callable[[str], int]) -> list[str]:
    return [each for each in said if count_of(each) <= RARE]
