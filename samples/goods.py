"""The assortments of suppliers that do not exist: made at random, the same each time."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice, product

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Goods:
    code: str
    name: str
    price: Decimal
    retail: Decimal | None = None
    stock: str = ""
    category: str = ""
    extra: str = ""


def amount(value: Decimal | float | str) -> Decimal:
    return Decimal(value).quantize(CENT, ROUND_HALF_UP)


def assortment(
    seed: int,
    kinds: dict[str, tuple[Sequence[str], Sequence[str]]],
    *,
    count: int,
    code: str,
    prices: tuple[float, float],
    stocks: Sequence[str],
    extras: Sequence[str] = ("",),
    markup: float | None = None,
) -> list[Goods]:
    """`count` goods: of each category's nouns and variants as many combinations as needed, sorted by category."""
    chance = random.Random(seed)
    per_category = -(-count // len(kinds))
    made: list[Goods] = []
    for category, (nouns, variants) in kinds.items():
        for name in islice(_names(nouns, variants), min(per_category, count - len(made))):
            price = amount(chance.uniform(*prices))
            made.append(
                Goods(
                    code=code.format(number=1000 + 7 * len(made), letter=chance.choice("ABCDEFGHKLMNPRSTVX")),
                    name=name,
                    price=price,
                    retail=amount(price * Decimal(markup)) if markup else None,
                    stock=chance.choice(stocks),
                    category=category,
                    extra=chance.choice(extras),
                )
            )
    return made


def _names(nouns: Sequence[str], variants: Sequence[str]) -> Iterator[str]:
    return (f"{noun} {variant}" for noun, variant in product(nouns, variants))


def next_week(goods: Sequence[Goods], seed: int, *, new: Sequence[Goods]) -> list[Goods]:
    """The list a week later: a third of the prices changed, three lines gone, some new at their category's end."""
    chance = random.Random(seed)
    gone = set(chance.sample(range(len(goods)), 3))
    kept = [_repriced(item, chance) for number, item in enumerate(goods) if number not in gone]
    order = list(dict.fromkeys(item.category for item in goods))
    return sorted([*kept, *new], key=lambda item: order.index(item.category))


def _repriced(item: Goods, chance: random.Random) -> Goods:
    if chance.random() > 0.33:
        return item
    factor = Decimal(chance.choice(["0.95", "1.03", "1.04", "1.06", "1.08"]))
    retail = amount(item.retail * factor) if item.retail else None
    return replace(item, price=amount(item.price * factor + CENT), retail=retail)
