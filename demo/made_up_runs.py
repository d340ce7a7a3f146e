"""What a year of weekly runs left behind: received lists, runs, what went wrong in them, what the last ones changed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from decimal import Decimal

from demo.made_up import ALL_WEEKS, CURRENCIES, NULL, WEEKS, Content, Size, name, upto
from ingestion.models.facts import ChangeSummary, ColumnUnderstood, PriceBar, SheetUnderstood, Understanding
from ingestion.pricegrid import Field
from ingestion.pricegrid.problems import items

ERRORS = (*["ValidationError"] * 6, "ParserError", "NetworkError")
WITH_ERRORS = 4  # of so many runs one has rows that failed
WITH_CHANGES = 10  # weeks
KINDS = (*["price_up"] * 9, *["price_down"] * 7, "details", "details", "missing", "returned")
STATES = ("held", "accepted", "rejected", "superseded")
CAUSES = ("decimal_sign", "vat", "exchange_rate", "pack_size", "")
COLUMNS = (
    ("A", "Code", Field.SUPPLIER_SKU),
    ("B", "Name", Field.NAME),
    ("C", "Price", Field.PRICE),
    ("D", "Currency", Field.CURRENCY),
    ("E", "Stock", Field.STOCK),
    *((letter, f"Property {letter}", Field.CHARACTERISTIC) for letter in "FGHIJKL"),
)
SUMMARY = ChangeSummary(
    {"price_up": 500, "price_down": 400, "details": 100, "unchanged": 9000},
    tuple(PriceBar(low, low + 5, 100) for low in range(-50, 50, 5)),
    median=Decimal("0.00"),
    is_complete=True,
)
SHEET = SheetUnderstood(
    chosen=True,
    mode="full",
    reason="Prices and items were found",
    confidence=0.9,
    header_rows=(1,),
    data_start_row=2,
    columns=tuple(
        ColumnUnderstood(letter, header, field, 1.0, f"{header} is a usual header for it.")
        for letter, header, field in COLUMNS
    ),
)
UNDERSTANDING = Understanding("full", skipped={"header": 1}, sheets=(SHEET,))


def contents(size: Size) -> Iterator[Content]:
    """In the order of the foreign keys."""
    yield Content(
        "ingestion_pricelist",
        "id, supplier_id, source_id, file, original_name, size, sha256, received_at",
        price_lists(size),
    )
    yield Content(
        "ingestion_ingestionrun",
        """id, task_id, supplier_id, supplier_name, source_id, price_list_id, parser_type, source_config, priority,
        force, is_confirmed, status, waits_for, kind, dry_run, created_at, started_at, finished_at, progress,
        retry_count, max_retries, total_rows, successful_rows, failed_rows, skipped_rows, new_items, changed_items,
        unchanged_items, missing_items, returned_items, new_drafts, processing_seconds, error_type, message,
        error_counts, drift, summary, understanding""",
        runs(size),
    )
    yield Content(
        "ingestion_parsinglog",
        """id, task_id, run_id, supplier_id, supplier_name, error_type, message, cause, "column", is_ignored, sheet,
        row_number, row_data, created_at""",
        logs(size),
    )
    yield Content(
        "ingestion_change",
        "id, run_id, kind, state, cause, item_id, supplier_sku, row_number, old, new, percent, comment",
        changes(size),
    )


def owner(run: int, size: Size) -> int:
    return (run - 1) % size.suppliers + 1


def week_of(run: int, size: Size) -> str:
    return ALL_WEEKS[(run - 1) // size.suppliers]


def price_lists(size: Size) -> Iterator[str]:
    for n in upto(size.runs):
        source, at = owner(n, size), week_of(n, size)
        yield f"{n}\t{source}\t{source}\tgrown/{n}.csv\tlist-{n}.csv\t1000000\t{n:064x}\t{at}\n"


def status_of(run: int, size: Size) -> str:
    if run % 97 == 0:
        return "failure"
    if run % 89 == 0:
        return "cancelled"
    if run > size.runs - size.suppliers and run % 50 == 3:
        return "waiting"
    return "partial_success" if run % WITH_ERRORS == 0 else "success"


def kind_of(run: int) -> str:
    """Mostly lists; the rest are what people did."""
    return ("edit", "decision", "undo")[run % 3] if run % 61 == 0 else "ingestion"


def is_dry(run: int) -> bool:
    return run % 53 == 0 and run % 61 > 0


def runs(size: Size) -> Iterator[str]:
    stored, failed = size.items // size.suppliers, size.logs * WITH_ERRORS // size.runs
    nothing = "\t".join(["0"] * 10)
    summary, understanding = json.dumps(SUMMARY.to_json()), json.dumps(UNDERSTANDING.to_json())
    for n in upto(size.runs):
        at, source, status = week_of(n, size), owner(n, size), status_of(n, size)
        wrong = failed if status == "partial_success" else 0
        counts = f"{stored + wrong}\t{stored}\t{wrong}\t1\t0\t{stored // 10}\t{stored - stored // 10}\t0\t0\t0"
        yield (
            f"{n}\tgrown-{n}\t{source}\tGrown supplier {source:04}\t{source}\t{n}\tcsv\t{{}}\tnormal\tf\tf\t"
            f"{status}\t{'quality' if status == 'waiting' else ''}\t{kind_of(n)}\t{'ft'[is_dry(n)]}\t{at}\t{at}\t{at}\t"
            f"100\t0\t3\t{counts if status.endswith('success') else nothing}\t1.5\t"
            f"{'ParserError' if status == 'failure' else ''}\t\t{{}}\t{{}}\t{summary}\t{understanding}\n"
        )


def logs(size: Size) -> Iterator[str]:
    rng = random.Random(4)
    for n in upto(size.logs):
        run = ((n - 1) * (size.runs // WITH_ERRORS) // size.logs + 1) * WITH_ERRORS
        code = f"ART-{int(rng.random() * size.items):08}"
        yield (
            f"{n}\tgrown-{run}\t{run}\t{owner(run, size)}\tGrown supplier {owner(run, size):04}\t{ERRORS[n % 8]}\t"
            f"{items.NO_PRICE.message(code=code)}\t{items.NO_PRICE.code}\tC\t{'ft'[n % 300 == 0]}\t\t{n % 5000 + 2}\t"
            f'{{"Code": "{code}", "Name": "{name(rng)}", "Price": ""}}\t{week_of(run, size)}\n'
        )


def changes(size: Size) -> Iterator[str]:
    """As many as there are items: a tenth of each list of the last weeks. One in 500 was held, a quarter still is."""
    rng = random.Random(5)
    first = (WEEKS - WITH_CHANGES) * size.suppliers
    for n in upto(size.items):
        run = first + (n - 1) * (size.runs - first) // size.items + 1
        item = size.first_item(owner(run, size)) + n % (size.items // size.suppliers)
        step, price = rng.random() * 12 + 0.1, rng.random() * 90 + 1
        kind, state, cause = KINDS[n % 20], "planned" if is_dry(run) else "applied", ""
        if n % 500 == 0:
            kind, state, cause, step = "held", STATES[n // 500 % 4], CAUSES[n // 500 % 5], step * 20
        sign = -1 if kind == "price_down" else 1
        percent = f"{sign * step:.2f}" if kind in ("price_up", "price_down", "held") else NULL
        after, currency = price * (1 + sign * step / 100), CURRENCIES[item % 4]
        yield (
            f"{n}\t{run}\t{kind}\t{state}\t{cause}\t{item}\tART-{item:08}\t{n % 9999 + 2}\t"
            f'{{"current_price": {price:.2f}, "currency": "{currency}", "stock": {n % 500}}}\t'
            f'{{"current_price": {after:.2f}, "currency": "{currency}", "stock": {n % 499}}}\t'
            f"{percent}\t\n"
        )
