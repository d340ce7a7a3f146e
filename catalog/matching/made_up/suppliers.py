"""How a made-up supplier writes a product: each has habits of its own, and is not quite constant in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from catalog.matching.made_up.products import LETTERS, Product, data
from catalog.matching.records import Record

_CYRILLIC = str.maketrans("ABCEHKMOPTX", "АВСЕНКМОРТХ")
_OFTEN = (0.0, 0.3, 0.7, 0.9, 1.0, 1.0)
_COLUMNS = ("brand", "mpn", "colour", "measures", "price", "category")


@dataclass(frozen=True)
class Habits:
    language: str
    order: tuple[str, ...]
    says: Mapping[str, float]  # how often a part stands in the name
    columns: Mapping[str, float]  # how often a fact has a column of its own
    colour_in_code: float
    colour_letter: float
    writes_code: str  # "as is", "glued", "hyphens", "blank"
    extra: float
    noise: float
    lookalikes: float
    describes: float
    upper: bool
    mark_up: float
    currency: str
    model_last: bool  # again, behind a hyphen or in brackets
    numbers_in_brackets: bool


def habits(random: Random, trade: Mapping[str, Any], language: str) -> Habits:
    order = tuple(random.choice(data()["orders"]))
    return Habits(
        language=language,
        order=order,
        says={part: random.choice(_OFTEN) for part in order} | _always(random),
        columns={fact: random.choice((0.0, 0.0, 0.5, 1.0)) for fact in _COLUMNS},
        colour_in_code=random.choice((0.0, 0.0, 0.5)),
        colour_letter=random.choice((0.0, 0.0, 0.6)),
        writes_code=random.choice(("as is", "as is", "glued", "hyphens", "blank")),
        extra=random.choice((0.0, 0.3, 0.8)),
        noise=random.choice((0.0, 0.0, 0.05)),
        lookalikes=random.choice((0.0, 0.0, 0.1)) if language in ("ru", "uk") else 0.0,
        describes=random.choice((0.0, 0.0, 0.6, 1.0)),
        upper=random.random() < 0.1,
        mark_up=random.choice((0.0, 0.05, 0.2, 0.4)),
        currency=random.choice(("EUR", "USD")),
        model_last=random.random() < 0.3,
        numbers_in_brackets=random.random() < 0.6,
    )  # fmt: skip


def _always(random: Random) -> dict[str, float]:
    """What nearly every name says, by any supplier."""
    return {
        "model": random.choice((0.6, 0.85, 0.95, 1.0)),
        "kind": random.choice((0.5, 0.9, 1.0)),
        "colour": random.choice((0.2, 0.7, 0.95)),
        "measures": random.choice((0.2, 0.6, 0.9)),
        "brand": random.choice((0.0, 0.7, 0.95, 1.0)),
        "title": 0.97,
        "version": 0.9,
        "edition": 0.8,
        "pack": 0.9,
    }


def written(random: Random, product: Product, how: Habits, record_id: str) -> Record:
    parts = _parts(random, product, how)
    said = [parts[part] for part in how.order if parts.get(part) and random.random() < how.says[part]]
    if how.model_last and product.model and random.random() < 0.8:
        said.append(f"- {_code(product.model + product.ending, how.writes_code)}")
    words = data()["languages"][how.language]["extra"]
    while random.random() < how.extra * 0.5:
        said.insert(random.randint(0, len(said)), random.choice(words))
    name = _noisy(random, " ".join(said) or product.brand, how)
    hidden = [text for part, text in parts.items() if text and part != "pack" and random.random() < 0.6]
    described = (
        " ".join([*hidden, *random.sample(words, min(4, len(words)))]) if random.random() < how.describes else None
    )
    has: Callable[[str], bool] = lambda fact: random.random() < how.columns[fact]  # noqa: E731
    return Record(
        id=record_id,
        name=name,
        brand=product.brand if has("brand") else None,
        mpn=(product.part_number or _code(product.model + product.ending, "as is") or None) if has("mpn") else None,
        price=_price(random, product, how) if has("price") else None,
        currency=how.currency,
        description=described,
        characteristics=_characteristics(random, parts, how),
        category=product.kind[how.language][0] if has("category") else None,
    )


def _parts(random: Random, product: Product, how: Habits) -> dict[str, str]:
    language = data()["languages"][how.language]
    colour = random.choice(language["colours"][product.colour]) if product.colour else ""
    letter = {"black": "BK", "cyan": "C", "magenta": "M", "yellow": "Y"}.get(product.colour, "")
    ending = product.ending + (
        product.colour[:2].upper() if product.colour and random.random() < how.colour_in_code else ""
    )
    number = f"({product.part_number})" if how.numbers_in_brackets and product.part_number else product.part_number
    return {
        "kind": random.choice(product.kind[how.language]),
        "brand": product.brand,
        "series": product.series,
        "title": product.title,
        "model": _code(product.model + ending, how.writes_code) if product.model else "",
        "edition": product.edition,
        "version": product.version,
        "measures": " ".join(_measure(random, name, value, language) for name, value in product.measures.items()),
        "colour": letter if letter and product.model and random.random() < how.colour_letter else colour,
        "origin": language[product.origin] if product.origin else "",
        "chip": language[product.chip] if product.chip else "",
        "fits": f"{language['for']} {product.brand} {'/'.join(product.fits)}" if product.fits else "",
        "pack": random.choice((f"{product.pack} {language['pcs']}", f"x{product.pack}")) if product.pack > 1 else "",
        "number": number,
    }


def _measure(random: Random, name: str, value: float, language: Mapping[str, Any]) -> str:
    if random.random() < 0.3:
        larger = {"ml": "l", "g": "kg", "mm": "cm", "w": "kw"}
        if name in larger and value >= 100:
            name, value = larger[name], value / (1000 if name != "mm" else 10)
    number = f"{value:g}".replace(".", random.choice(".,"))
    return f"{number}{random.choice(('', ' '))}{language[name]}"


def _code(code: str, how: str) -> str:
    if how == "glued":
        return code.replace("-", "").replace(" ", "")
    if how == "blank":
        return code.replace("-", " ")
    if how == "hyphens":
        return code.replace(" ", "-")
    return code


def _noisy(random: Random, name: str, how: Habits) -> str:
    chunks = []
    for chunk in name.split():
        new = chunk
        if random.random() < how.noise and len(chunk) > 4 and chunk.isalpha():
            new = random.choice((chunk[: random.randint(3, 4)] + ".", chunk[:2] + chunk[3:]))
        if random.random() < how.lookalikes and any(map(str.isdigit, chunk)):
            new = chunk.translate(_CYRILLIC)
        chunks.append(new)
    text = " ".join(chunks)
    return text.upper() if how.upper else text


def _price(random: Random, product: Product, how: Habits) -> Decimal:
    factor = 1 + how.mark_up + random.gauss(0, 0.03 + how.mark_up / 3)
    return Decimal(str(round(product.price * max(0.4, factor), 2)))


def _characteristics(random: Random, parts: Mapping[str, str], how: Habits) -> dict[str, str]:
    found = {
        fact: parts[fact] for fact in ("colour", "measures") if parts[fact] and random.random() < how.columns[fact]
    }
    return {fact: value for fact, value in found.items() if fact != "colour" or value not in LETTERS}
