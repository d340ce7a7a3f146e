"""Planted wrong prices among honest changes: all are held, hardly anything honest is, and the cause is named."""

import random
from decimal import Decimal

import pytest

from catalog.models import SupplierItem
from ingestion.models import Change
from tests.ingestion.actions.lists import take_in

pytestmark = pytest.mark.django_db(transaction=True)

HONEST, PLANTED = 5_000, 50
CAUSES = ("decimal_sign", "vat", "exchange_rate", "pack_size", "swapped")


def money(amount: float) -> str:
    return f"{Decimal(amount):.2f}"


def first_list(chance: random.Random) -> dict[str, dict[str, str]]:
    """Items with a retail price; every tenth is sold in packs, and its name says of how many."""
    said = {}
    for number in range(HONEST + PLANTED):
        price = chance.uniform(5, 900)
        pack = f", {chance.choice((4, 6, 8, 12, 24, 25, 48))} pcs" if number % 10 == 3 else ""
        said[f"S{number}"] = {
            "name": f"Fitting type {number}{pack}",
            "price": money(price),
            "retail": money(price * chance.uniform(1.25, 1.6)),
        }
    return said


def wrong(cause: str, row: dict[str, str], chance: random.Random, rate: float) -> dict[str, str]:
    price, retail = float(row["price"]), float(row["retail"])
    if cause == "swapped":
        return {**row, "price": money(retail), "retail": money(price)}
    pack = float(row["name"].split(", ")[1].split()[0]) if cause == "pack_size" else 0
    factor = {
        "decimal_sign": chance.choice((10, 100, 1000, 0.01)),
        "vat": chance.choice((1.2, 1.19, 1.23, 1.21, 1 / 1.2)),
        "exchange_rate": rate,
        "pack_size": chance.choice((pack or 1, 1 / (pack or 1))),
    }[cause]
    return {**row, "price": money(price * factor)}


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("on_top", [False, True], ids=["from the old price", "on top of an honest change"])
def test_planted_shocks(source, seed, on_top):
    chance = random.Random(seed)
    before = first_list(chance)
    take_in(before, source)
    after = {}
    for sku, row in before.items():
        price, retail = (float(row[name]) * chance.uniform(0.92, 1.12) for name in ("price", "retail"))
        after[sku] = {**row, "price": money(price), "retail": money(retail)}
    planted = {}
    for number in range(PLANTED):
        cause = CAUSES[number % len(CAUSES)]
        sku = f"S{number * 100 + 3}"
        honest = {**after[sku], "price": money(float(before[sku]["price"]) * chance.uniform(0.99, 1.03))}
        after[sku] = wrong(cause, honest if on_top else before[sku], chance, rate=3.27)
        planted[sku] = cause
    run = take_in(after, source)

    held = dict(Change.objects.filter(run=run, kind="held").values_list("supplier_sku", "cause"))
    assert not set(planted) - set(held)
    assert len(set(held) - set(planted)) <= HONEST // 100
    named = [sku for sku, cause in planted.items() if held[sku] == cause]
    assert len(named) >= 45, {sku: (planted[sku], held[sku]) for sku in planted if held[sku] != planted[sku]}
    assert SupplierItem.objects.get(supplier_sku="S3").current_price == Decimal(before["S3"]["price"])


MEANINGS = ("other_item", "breaks", "basis", "tax_side")
PLANTED_MEANINGS = 80


def meant(number: int, price: float, chance: random.Random, side: bool = False) -> dict:
    """An item whose price has breaks and a side of tax; every third is for a hundred."""
    ladder = ((10, 0.95), (100, 0.88), (1000, 0.8))
    breaks = [[str(minimum), money(price * share * chance.uniform(0.99, 1.01))] for minimum, share in ladder]
    return {
        "name": f"Fitting type {number}",
        "price": money(price),
        "per": 100 if number % 3 == 0 else 1,
        "facts": {"tax_rate": "20", "tax_included": side, "price_breaks": breaks},
    }


def meant_otherwise(kind: str, row: dict, number: int, chance: random.Random) -> dict:
    price, facts = float(row["price"]), row["facts"]
    if kind == "other_item":
        return {
            **meant(number, price * chance.choice((0.6, 0.85, 1.13, 1.5)), chance),
            "name": f"Gummistiefel {number}",
        }
    if kind == "basis":
        return {**row, "per": {1: 100, 100: chance.choice((1, 10, 1000))}[row["per"]]}
    if kind == "tax_side":
        return {**row, "facts": {**facts, "tax_included": True}}
    factor = chance.choice((10, 0.1, 1.3, 0.7))
    breaks = facts["price_breaks"]
    if chance.random() < 0.5:  # the steps move instead
        return {**row, "facts": {**facts, "price_breaks": [[f"{int(at) * 20}", amount] for at, amount in breaks]}}
    changed = [[breaks[0][0], money(float(breaks[0][1]) * factor)], *breaks[1:]]
    return {**row, "facts": {**facts, "price_breaks": changed}}


@pytest.mark.parametrize("seed", [1, 2])
def test_planted_meanings(source, seed):
    """Reused codes, other steps, another basis and the other side of tax, with the amounts of the week before."""
    chance = random.Random(seed)
    amounts = {f"S{number}": chance.uniform(5, 900) for number in range(HONEST)}
    before = {sku: meant(number, price, chance) for number, (sku, price) in enumerate(amounts.items())}
    take_in(before, source)
    after = {
        sku: meant(number, price * chance.uniform(0.95, 1.08), chance)
        for number, (sku, price) in enumerate(amounts.items())
    }
    planted = {f"S{number * 50 + 1}": MEANINGS[number % len(MEANINGS)] for number in range(PLANTED_MEANINGS)}
    for sku, kind in planted.items():
        after[sku] = meant_otherwise(kind, before[sku], int(sku[1:]), chance)
    run = take_in(after, source)

    held = dict(Change.objects.filter(run=run, kind="held").values_list("supplier_sku", "cause"))
    missed = {sku: kind for sku, kind in planted.items() if sku not in held}
    assert len(missed) <= PLANTED_MEANINGS * 0.05, missed
    assert len(set(held) - set(planted)) <= HONEST * 0.005
    unlike = {sku: (kind, held[sku]) for sku, kind in planted.items() if sku in held and held[sku] != kind}
    assert len(unlike) <= PLANTED_MEANINGS * 0.05, unlike


def said_otherwise(kind: str, row: dict) -> dict:
    """The same price in other words: for a hundred, or with tax."""
    factor = {"per_hundred": 100, "with_tax": 1.2}[kind]
    breaks = [[minimum, money(float(amount) * factor)] for minimum, amount in row["facts"]["price_breaks"]]
    facts = {**row["facts"], "price_breaks": breaks, "tax_included": kind == "with_tax"}
    return {
        **row,
        "price": money(float(row["price"]) * factor),
        "per": 100 if kind == "per_hundred" else 1,
        "facts": facts,
    }


@pytest.mark.parametrize("kind", ["per_hundred", "with_tax"])
def test_the_same_price_in_other_words_is_no_shock(source, kind):
    """Nor are its price breaks, which are said otherwise as well."""
    chance = random.Random(7)
    before = {f"S{number}": meant(number * 3 + 1, chance.uniform(5, 900), chance) for number in range(300)}
    take_in(before, source)
    after = {sku: said_otherwise(kind, row) if int(sku[1:]) % 3 == 0 else row for sku, row in before.items()}
    run = take_in(after, source)
    assert run.changed_items == 100
    assert not run.changes.filter(kind="held").exists()


def test_another_currency(source):
    take_in({f"A{number}": "10" for number in range(20)}, source)
    run = take_in(
        {f"A{number}": {"price": "10", "currency": "USD" if number < 3 else "EUR"} for number in range(20)}, source
    )
    assert set(run.changes.values_list("kind", "cause")) == {("held", "currency")}
