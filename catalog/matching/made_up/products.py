"""Made-up products, in families whose members differ in little: what a matcher must not take for the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

_PRINTED = ("black", "cyan", "magenta", "yellow")
LETTERS = "ABCDEFGHJKLMNPRSTUVWXZ"


@lru_cache(maxsize=1)
def data() -> Any:
    return json.loads(Path(__file__).with_name("trades.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Product:
    kind: Mapping[str, list[str]]  # words by language
    brand: str
    series: str
    title: str
    model: str  # "DX-4520"
    ending: str  # "W", behind the model
    part_number: str
    measures: Mapping[str, float]
    colour: str
    pack: int
    fits: tuple[str, ...]
    chip: str
    origin: str
    edition: str
    version: str
    price: float


def families(random: Random, trade: Mapping[str, Any], count: int) -> Iterator[list[Product]]:
    """A few brands share the market."""
    brands = [word(random).capitalize() for _ in range(random.choice((1, 3, 6, 15)))]
    for _ in range(count):
        first = _product(random, trade, random.choice(brands))
        family = [first]
        for _ in range(random.choice((0, 1, 2, 3, 5))):
            sibling = _sibling(random, trade, random.choice(family))
            if not any(_looks_like(sibling, other) for other in family):
                family.append(sibling)
        if random.random() < trade.get("copies", 0):
            family.append(_copy(random, random.choice(family)))
        yield family


def _copy(random: Random, product: Product) -> Product:
    """Another maker's, that stands in for it."""
    short = "".join(random.choices(LETTERS, k=3))
    model = random.choice((f"{short}-{product.model}", product.model, f"{short} {product.model}"))
    price = product.price * random.uniform(0.1, 0.6)
    return replace(
        product, brand=word(random).capitalize(), model=model, part_number="", origin="compatible", price=price
    )


def _looks_like(one: Product, other: Product) -> bool:
    return replace(one, price=0, part_number="") == replace(other, price=0, part_number="")


def word(random: Random) -> str:
    syllables: list[str] = data()["syllables"]
    return "".join(random.choices(syllables, k=random.choice((2, 2, 3))))


def _product(random: Random, trade: Mapping[str, Any], brand: str) -> Product:
    measures = {name: random.choice(values) for name, values in trade["measures"].items() if random.random() < 0.6}
    titles = random.sample(data()["titles"], trade.get("title", 0))
    return Product(
        kind=random.choice(trade["kinds"]),
        brand=brand,
        series=word(random).capitalize() if random.random() < 0.4 else "",
        title=" ".join([*titles, word(random)] if titles and random.random() < 0.3 else titles),
        model=_model(random) if random.random() < trade["code"] else "",
        ending=random.choice(LETTERS) if random.random() < 0.3 else "",
        part_number=_part_number(random) if random.random() < trade["second_code"] else "",
        measures=measures,
        colour=_colour(random, trade) if random.random() < trade["colour"] else "",
        pack=random.choice(trade["pack"]) if "pack" in trade and random.random() < 0.3 else 1,
        fits=tuple(_model(random) for _ in range(random.randint(1, 4)))
        if random.random() < trade.get("fits", 0)
        else (),
        origin="original" if random.random() < trade.get("copies", 0) else "",
        chip=random.choice(("chip", "no chip")) if random.random() < trade.get("chip", 0) else "",
        edition=random.choice(data()["editions"]) if "edition" in trade["varies"] and random.random() < 0.5 else "",
        version=_version(random) if "version" in trade["varies"] and random.random() < 0.7 else "",
        price=random.uniform(*trade["prices"]),
    )


def _colour(random: Random, trade: Mapping[str, Any]) -> str:
    known: list[str] = list(_PRINTED if "fits" in trade else data()["languages"]["en"]["colours"])
    return random.choice(known)


def _version(random: Random) -> str:
    return random.choice(
        (
            f"{random.randint(2, 12)}",
            f"{random.randint(2, 12)}.0",
            f"{random.randint(2003, 2024)}",
            f"x{random.randint(2, 9)}",
        )
    )


def _model(random: Random) -> str:
    """As makers form them: letters and digits, some with a hyphen or a blank, or digits alone."""
    letters = "".join(random.choices(LETTERS, k=random.choice((1, 2, 2, 3))))
    digits = "".join(random.choices("0123456789", k=random.choice((2, 3, 3, 4, 4))))
    tail = "".join(random.choices(LETTERS + "0123456789", k=random.choice((0, 0, 1, 2, 3))))
    shape = random.random()
    if shape < 0.15:
        return f"{random.randint(1, 9)}{digits}" if len(digits) < 4 else digits
    return f"{letters}{random.choice(('', '', '-', ' '))}{digits}{tail}"


def _part_number(random: Random) -> str:
    digits = "".join(random.choices("0123456789", k=random.choice((4, 5, 6))))
    return random.choice(
        (
            f"{digits}{random.choice(LETTERS)}00{random.randint(1, 9)}",
            f"{random.choice(LETTERS)}{digits}{random.choice(LETTERS)}",
            f"9{digits}-000{random.randint(100, 999)}",
        )
    )


def _sibling(random: Random, trade: Mapping[str, Any], product: Product) -> Product:
    """The same but for one thing or two; with it mostly the part number is another."""
    changed = product
    for what in random.sample(trade["varies"], k=random.choice((1, 1, 2)) if len(trade["varies"]) > 1 else 1):
        changed = _changed(random, trade, changed, what)
    if changed == product:
        changed = replace(product, model=_near(random, product.model), title=f"{product.title} {word(random)}".strip())
    number = _near(random, product.part_number) if random.random() < 0.9 else ""
    return replace(changed, part_number=number, price=product.price * random.uniform(0.8, 1.3))


def _changed(random: Random, trade: Mapping[str, Any], product: Product, what: str) -> Product:
    if what in trade["measures"]:
        measures = {**product.measures, what: random.choice(trade["measures"][what])}
        return replace(product, measures=measures, model=_near(random, product.model))
    changes: dict[str, dict[str, Any]] = {
        "colour": {"colour": _colour(random, trade), "ending": random.choice(LETTERS) if product.ending else ""},
        "pack": {"pack": random.choice(trade.get("pack", [1]))},
        "model": {"model": _near(random, product.model), "measures": _others(random, trade, product)},
        "ending": {"ending": random.choice(LETTERS) + random.choice(("", random.choice(LETTERS)))},
        "version": {"version": _version(random)},
        "edition": {"edition": random.choice(data()["editions"])},
        "title": {"title": " ".join([*product.title.split()[:-1], random.choice(data()["titles"])])},
    }
    return replace(product, **changes[what])


def _others(random: Random, trade: Mapping[str, Any], product: Product) -> dict[str, float]:
    return {
        name: random.choice(trade["measures"][name]) if random.random() < 0.4 else value
        for name, value in product.measures.items()
    }


def _near(random: Random, code: str) -> str:
    """A code of the same family: one sign is another, mostly towards the end."""
    if not code:
        return code
    place = max(random.randrange(len(code)) for _ in range(2))
    signs = "0123456789" if code[place].isdigit() else LETTERS
    return (
        code[:place] + random.choice(signs) + code[place + 1 :]
        if code[place].isalnum()
        else code[:place] + code[place + 1 :]
    )
