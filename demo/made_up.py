"""The contents of a grown catalog: made up, the same every time, as lines for COPY.

Suppliers with one list each, half as many products as items (each offered by two suppliers), and a history of prices in
the order of time. `made_up_runs` has what the weekly runs of a year left behind.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

NOUNS = (
    "Кабель силовой", "Смеситель", "Дрель ударная", "Краска фасадная", "Подшипник", "Насос", "Розетка", "Клапан",
    "Hammer drill", "Garden hose", "Ball valve", "Desk lamp", "Cordless saw", "Paint roller", "Wall socket", "Bearing",
    "Schraubendreher", "Steckdose", "Wasserpumpe", "Bohrmaschine", "Leuchte", "Ventil", "Kabeltrommel", "Farbwalze",
    "Wiertarka", "Lampa", "Zawór", "Pompa", "Perceuse", "Robinet", "Lampe", "Taladro",
)  # fmt: skip
MAKERS = ("Arvo", "Belnor", "Cetra", "Dunkel", "Эльта", "Fjord", "Gamma", "Хелиос", "Irtys", "Jolla", "Кварц", "Lumen")
COLOURS = ("red", "blue", "white", "чёрный", "серый", "grün", "silber", "biały", "noir", "verde")
MATERIALS = ("steel", "сталь", "ABS", "дуб", "Aluminium", "brass", "латунь", "céramique")
CURRENCIES = ("EUR", "USD", "BYN", "PLN")
STOCKS = ("out_of_stock", "on_order", "", *7 * ["in_stock"])
STATUSES = ("draft", "draft", "draft", "active", "active", "active", "active", "active", "active", "archived")
CATEGORIES = 1110  # a tree of three levels, ten children each
WEEKS = 52
BEGIN = datetime(2025, 1, 6, 6, tzinfo=UTC)
NULL = r"\N"
LISTED = f"{NULL}\t{NULL}\t{NULL}"
ALL_WEEKS = tuple((BEGIN + timedelta(weeks=week)).isoformat() for week in range(WEEKS))
LAST_WEEK = ALL_WEEKS[-1]


class Size(NamedTuple):
    items: int
    suppliers: int
    prices_per_item: int

    @property
    def products(self) -> int:
        return max(self.items // 2, 1)

    @property
    def runs(self) -> int:
        return self.suppliers * WEEKS

    @property
    def logs(self) -> int:
        return self.items // 10

    def supplier_of(self, item: int) -> int:
        """The items of a supplier stand together, as one list brought them."""
        return item * self.suppliers // self.items + 1

    def first_item(self, supplier: int) -> int:
        return -(-(supplier - 1) * self.items // self.suppliers) + 1


class Content(NamedTuple):
    """What goes into one table."""

    table: str
    columns: str
    lines: Iterator[str]


def contents(size: Size) -> Iterator[Content]:
    """In the order of the foreign keys."""
    yield Content(
        "suppliers_supplier",
        "id, name, contact_email, default_currency, is_active, metadata, created_at, updated_at",
        suppliers(size),
    )
    yield Content(
        "suppliers_pricelistsource",
        """id, supplier_id, name, kind, sheet_url, sheet_name, parser_type, config, decimal_sign, zero_is_price,
        is_active, last_ingested_at, complete_lists, created_at, updated_at""",
        sources(size),
    )
    yield Content("catalog_category", "id, parent_id, name, needs_review", categories())
    yield Content(
        "catalog_product",
        """id, internal_sku, name, category_id, status, retail_price, currency, lowest_price, is_available, created_at,
        updated_at""",
        products(size),
    )
    yield Content("catalog_productstatuschange", "id, product_id, from_status, to_status, at", status_changes(size))
    yield Content(
        "catalog_supplieritem",
        """id, supplier_id, source_id, product_id, supplier_sku, sku_is_derived, name, current_price, currency, stock,
        availability, characteristics, missing_since, last_listed_at, missing_at_list, created_run_id, created_at,
        updated_at""",
        items(size),
    )
    yield Content(
        "catalog_pricehistory",
        "id, supplier_item_id, price, currency, recorded_at, run_id, row_number",
        history(size),
    )


def upto(last: int) -> range:
    return range(1, last + 1)


def suppliers(size: Size) -> Iterator[str]:
    at = BEGIN.isoformat()
    for n in upto(size.suppliers):
        yield f"{n}\tGrown supplier {n:04}\tn{n}@example.com\tEUR\tt\t{{}}\t{at}\t{at}\n"


def sources(size: Size) -> Iterator[str]:
    at = BEGIN.isoformat()
    for n in upto(size.suppliers):
        yield f"{n}\t{n}\tPrice list\tupload\t\t\t\t{{}}\t.\tf\t{'tf'[n % 20 == 0]}\t{LAST_WEEK}\t{WEEKS}\t{at}\t{at}\n"


def categories() -> Iterator[str]:
    for n in upto(CATEGORIES):
        parent = NULL if n <= 10 else (n - 11) // 10 + 1
        yield f"{n}\t{parent}\t{NOUNS[n % len(NOUNS)]} {n}\t{'ft'[n % 100 == 0]}\n"


def name(rng: random.Random) -> str:
    pick = rng.random
    noun, maker, colour = NOUNS[int(pick() * 32)], MAKERS[int(pick() * 12)], COLOURS[int(pick() * 10)]
    return f"{noun} {maker} {chr(65 + int(pick() * 26))}{int(pick() * 1e6):06}-{int(pick() * 90) + 10} {colour}"


def status_of(product: int) -> str:
    return STATUSES[product // 10 % len(STATUSES)]


def products(size: Size) -> Iterator[str]:
    """Some categories hold many, some few; a few products have none."""
    rng = random.Random(1)
    for n in upto(size.products):
        pick, at = rng.random(), ALL_WEEKS[(n - 1) * WEEKS // size.products]
        category = NULL if n % 200 == 0 else int(rng.random() ** 2 * CATEGORIES) + 1
        yield (
            f"{n}\tP-{n:08}\t{name(rng)}\t{category}\t{status_of(n)}\t{pick * 900 + 100:.2f}\t{CURRENCIES[n % 4]}\t"
            f"{pick * 90 + 1:.2f}\t{'ft'[n % 5 > 0]}\t{at}\t{at}\n"
        )


def status_changes(size: Size) -> Iterator[str]:
    moves: dict[str, list[str]] = {
        "draft": [],
        "active": ["draft\tactive"],
        "archived": ["draft\tactive", "active\tarchived"],
    }
    every = ((n, move) for n in upto(size.products) for move in moves[status_of(n)])
    for number, (n, move) in enumerate(every, start=1):
        yield f"{number}\t{n}\t{move}\t{ALL_WEEKS[(n - 1) * WEEKS // size.products]}\n"


def items(size: Size) -> Iterator[str]:
    """One in fifty is missing from its supplier's last lists; one in a thousand belongs to no product."""
    rng, at = random.Random(2), BEGIN.isoformat()
    for n in upto(size.items):
        pick, supplier = rng.random(), size.supplier_of(n - 1)
        details = (
            f'{{"Colour": "{COLOURS[int(pick * 10)]}", "Material": "{MATERIALS[n % 8]}", '
            f'"Size": "{int(pick * 300)}x{n % 290 + 10} mm", "Weight": "{pick * 99:.2f} kg"}}'
        )
        product = NULL if n % 1000 == 500 else (n - 1) % size.products + 1
        yield (
            f"{n}\t{supplier}\t{supplier}\t{product}\tART-{n:08}\tf\t{name(rng)}\t"
            f"{pick * 90 + 1:.2f}\t{CURRENCIES[n % 4]}\t{int(pick * 500)}\t{STOCKS[n // 10 % 10]}\t{details}\t"
            f"{missing(n // 50 % 6) if n % 50 == 0 else LISTED}\t{supplier}\t{at}\t{at}\n"
        )


def missing(lists_ago: int) -> str:
    """Since when, the last list that had it, and the number of the first that did not."""
    return f"{ALL_WEEKS[WEEKS - 1 - lists_ago]}\t{ALL_WEEKS[WEEKS - 2 - lists_ago]}\t{WEEKS - lists_ago}"


def history(size: Size) -> Iterator[str]:
    rng, number, weeks_of_step = random.Random(3), 0, WEEKS // size.prices_per_item
    for step in range(size.prices_per_item):
        for n in range(size.items):
            number += 1
            if n % 1000 == 0:
                week = step * weeks_of_step + (n // 1000) % weeks_of_step
                at = (BEGIN + timedelta(weeks=week, seconds=n // 1000)).isoformat()
                run = week * size.suppliers + size.supplier_of(n)
            price, currency = rng.random() * 90 + 1, CURRENCIES[(n + 1) % 4]
            yield f"{number}\t{n + 1}\t{price:.2f}\t{currency}\t{at}\t{run}\t{n % 9999 + 2}\n"
