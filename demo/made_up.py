"""The contents of a grown catalog: made up, the same every time, as lines for COPY.

Suppliers with one list each, half as many products as items (each offered by two suppliers), a history of prices in
the order of time, a year of weekly runs and what went wrong in them.
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
STOCKS = ("out_of_stock", "on_order", *8 * ["in_stock"])
STATUSES = ("draft", "draft", "draft", "active", "active", "active", "active", "active", "active", "archived")
ERRORS = ("ValidationError", "ValidationError", "ValidationError", "ParserError")
CATEGORIES = 1110  # a tree of three levels, ten children each
WEEKS = 52
BEGIN = datetime(2025, 1, 6, 6, tzinfo=UTC)
NULL = r"\N"
LAST_WEEK = (BEGIN + timedelta(weeks=WEEKS - 1)).isoformat()


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
        is_active, last_ingested_at, created_at, updated_at""",
        sources(size),
    )
    yield Content("catalog_category", "id, parent_id, name, needs_review", categories())
    yield Content(
        "catalog_product",
        """id, internal_sku, name, category_id, status, retail_price, currency, lowest_price, is_available, created_at,
        updated_at""",
        products(size),
    )
    yield Content(
        "catalog_supplieritem",
        """id, supplier_id, source_id, product_id, supplier_sku, sku_is_derived, name, current_price, currency, stock,
        availability, characteristics, missing_since, created_at, updated_at""",
        items(size),
    )
    yield Content("catalog_pricehistory", "id, supplier_item_id, price, currency, recorded_at", history(size))
    yield Content(
        "ingestion_pricelist",
        "id, supplier_id, source_id, file, original_name, size, sha256, received_at",
        price_lists(size),
    )
    yield Content(
        "ingestion_ingestionrun",
        """id, task_id, supplier_id, supplier_name, source_id, price_list_id, parser_type, source_config, priority,
        force, dry_run, is_confirmed, status, created_at, started_at, finished_at, progress, retry_count, max_retries,
        total_rows, successful_rows, failed_rows, skipped_rows, new_items, changed_items, unchanged_items,
        missing_items, returned_items, new_drafts, processing_seconds, error_type, message, error_counts, drift,
        understanding""",
        runs(size),
    )
    yield Content(
        "ingestion_parsinglog",
        """id, task_id, run_id, supplier_id, supplier_name, error_type, message, sheet, row_number, row_data,
        created_at""",
        logs(size),
    )


def upto(last: int) -> range:
    return range(1, last + 1)


def owner(run: int, size: Size) -> int:
    return (run - 1) % size.suppliers + 1


def week_of(run: int, size: Size) -> str:
    return (BEGIN + timedelta(weeks=(run - 1) // size.suppliers)).isoformat()


def suppliers(size: Size) -> Iterator[str]:
    at = BEGIN.isoformat()
    for n in upto(size.suppliers):
        yield f"{n}\tGrown supplier {n:04}\tn{n}@example.com\tEUR\tt\t{{}}\t{at}\t{at}\n"


def sources(size: Size) -> Iterator[str]:
    at = BEGIN.isoformat()
    for n in upto(size.suppliers):
        yield f"{n}\t{n}\tPrice list\tupload\t\t\t\t{{}}\t.\tf\tt\t{LAST_WEEK}\t{at}\t{at}\n"


def price_lists(size: Size) -> Iterator[str]:
    for n in upto(size.runs):
        source, at = owner(n, size), week_of(n, size)
        yield f"{n}\t{source}\t{source}\tgrown/{n}.csv\tlist-{n}.csv\t1000000\t{n:064x}\t{at}\n"


def categories() -> Iterator[str]:
    for n in upto(CATEGORIES):
        parent = NULL if n <= 10 else (n - 11) // 10 + 1
        yield f"{n}\t{parent}\t{NOUNS[n % len(NOUNS)]} {n}\tf\n"


def name(rng: random.Random) -> str:
    pick = rng.random
    noun, maker, colour = NOUNS[int(pick() * 32)], MAKERS[int(pick() * 12)], COLOURS[int(pick() * 10)]
    return f"{noun} {maker} {chr(65 + int(pick() * 26))}{int(pick() * 1e6):06}-{int(pick() * 90) + 10} {colour}"


def products(size: Size) -> Iterator[str]:
    rng, at = random.Random(1), BEGIN.isoformat()
    for n in upto(size.products):
        pick = rng.random()
        yield (
            f"{n}\tP-{n:08}\t{name(rng)}\t{int(rng.random() * CATEGORIES) + 1}\t{STATUSES[int(pick * 1000) % 10]}\t"
            f"{pick * 900 + 100:.2f}\t{CURRENCIES[n % 4]}\t{pick * 90 + 1:.2f}\t{'ft'[n % 5 > 0]}\t{at}\t{at}\n"
        )


def items(size: Size) -> Iterator[str]:
    rng, at = random.Random(2), BEGIN.isoformat()
    for n in upto(size.items):
        pick, supplier = rng.random(), size.supplier_of(n - 1)
        details = (
            f'{{"Colour": "{COLOURS[int(pick * 10)]}", "Material": "{MATERIALS[n % 8]}", '
            f'"Size": "{int(pick * 300)}x{n % 290 + 10} mm", "Weight": "{pick * 99:.2f} kg"}}'
        )
        yield (
            f"{n}\t{supplier}\t{supplier}\t{(n - 1) % size.products + 1}\tART-{n:08}\tf\t{name(rng)}\t"
            f"{pick * 90 + 1:.2f}\t{CURRENCIES[n % 4]}\t{int(pick * 500)}\t{STOCKS[n % 10]}\t{details}\t"
            f"{LAST_WEEK if n % 50 == 0 else NULL}\t{at}\t{at}\n"
        )


def history(size: Size) -> Iterator[str]:
    rng, number = random.Random(3), 0
    for step in range(size.prices_per_item):
        for n in range(size.items):
            number += 1
            if n % 1000 == 0:
                weeks = step * (WEEKS // size.prices_per_item) + (n // 1000) % (WEEKS // size.prices_per_item)
                at = (BEGIN + timedelta(weeks=weeks, seconds=n // 1000)).isoformat()
            yield f"{number}\t{n + 1}\t{rng.random() * 90 + 1:.2f}\t{CURRENCIES[(n + 1) % 4]}\t{at}\n"


def runs(size: Size) -> Iterator[str]:
    stored = size.items // size.suppliers
    good = f"{stored}\t{stored}\t0\t0\t0\t{stored // 10}\t{stored - stored // 10}\t0\t0\t0"
    bad = "\t".join(["0"] * 10)
    for n in upto(size.runs):
        at, source, failed = week_of(n, size), owner(n, size), n % 97 == 0
        status, error, counts = ("failure", "ParserError", bad) if failed else ("success", "", good)
        yield (
            f"{n}\tgrown-{n}\t{source}\tGrown supplier {source:04}\t{source}\t{n}\tcsv\t{{}}\tnormal\tf\tf\tf\t"
            f"{status}\t{at}\t{at}\t{at}\t100\t0\t3\t{counts}\t1.5\t{error}\t\t{{}}\t{{}}\t{{}}\n"
        )


def logs(size: Size) -> Iterator[str]:
    rng = random.Random(4)
    for n in upto(size.logs):
        run = (n - 1) * size.runs // size.logs + 1
        code = f"ART-{int(rng.random() * size.items):08}"
        yield (
            f"{n}\tgrown-{run}\t{run}\t{owner(run, size)}\tGrown supplier {owner(run, size):04}\t{ERRORS[n % 4]}\t"
            f"The item {code} has no price: write one into the price column, or remove the row.\t\t{n % 5000 + 2}\t"
            f'{{"A": "{code}", "B": "{name(rng)}", "C": ""}}\t{week_of(run, size)}\n'
        )
