"""What matching compares, as tables for record linkage on many machines (docs/matching.md, "On Splink and Spark").

Two tables of the same columns: `items` in untouched drafts of their own, and `products` that are not archived. A record
is a row; what it does not say is null. The products are gone through twice: which words and codes are rare is known
only when all have been seen.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from itertools import chain, count, islice
from pathlib import Path

from django.db.models.expressions import RawSQL

from catalog.linking.export_rows import COLUMNS, Found, Row, row_of
from catalog.linking.records import record_of_item, record_of_product
from catalog.matching.frequencies import Frequencies
from catalog.matching.things import thing_of
from catalog.models import Product, SupplierItem

AT_ONCE = 2000  # records
IN_A_FILE = 50_000

Write = Callable[[Iterable[Row], Path], None]


def export(folder: Path, write: Write) -> dict[str, int]:
    """How many rows each table has. A table is a folder of files; `write` writes one of them, and adds the suffix."""
    frequencies = _frequencies()
    return {
        table: _write_table((row_of(each, frequencies) for each in found()), folder / table, write)
        for table, found in TABLES.items()
    }


def _frequencies() -> Frequencies:
    """In products alone: what an item says, its draft says, too."""
    frequencies = Frequencies()
    things = (each.thing for each in _products())
    while some := list(islice(things, AT_ONCE)):
        frequencies.add(some)
    return frequencies


def _write_table(rows: Iterator[Row], folder: Path, write: Write) -> int:
    folder.mkdir(parents=True)
    counted = count()
    rows = (row for row, _ in zip(rows, counted, strict=False))
    for number, first in enumerate(rows):
        write(chain([first], islice(rows, IN_A_FILE - 1)), folder / f"part-{number:05d}")
    return next(counted)


def write_json_lines(rows: Iterable[Row], path: Path) -> None:
    with path.with_suffix(".jsonl").open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def write_parquet(rows: Iterable[Row], path: Path) -> None:
    """By DuckDB, which nothing else needs: ImportError where it is not installed."""
    duckdb = import_module("duckdb")
    write_json_lines(rows, path)
    lines, columns = path.with_suffix(".jsonl"), ", ".join(f"{name}: '{kind}'" for name, kind in COLUMNS.items())
    with duckdb.connect() as database:
        database.execute("SET VARIABLE lines = ?", [str(lines)])
        table = f"read_json(getvariable('lines'), format='newline_delimited', columns={{{columns}}})"  # our own names
        target = str(path.with_suffix(".parquet")).replace("'", "''")
        database.execute(f"COPY (SELECT * FROM {table}) TO '{target}' (FORMAT parquet)")  # noqa: S608
    lines.unlink()


def _items() -> Iterator[Found]:
    own = RawSQL("SELECT item_id FROM catalog_owndraft", ())
    listed = SupplierItem.objects.filter(pk__in=own, missing_since=None).select_related("product__category")
    for item in listed.order_by("pk").iterator(AT_ONCE):
        record = replace(record_of_item(item), category=_category(item.product))
        owner = {"product_id": str(item.product_id), "supplier_id": str(item.supplier_id)}
        yield Found(thing_of(record), record.name, owner)


def _products() -> Iterator[Found]:
    living = Product.objects.exclude(status=Product.Status.ARCHIVED).select_related("category")
    for product in living.order_by("pk").prefetch_related("offers").iterator(AT_ONCE):
        record = replace(record_of_product(product), category=_category(product))
        owner = {"supplier_ids": sorted({str(offer.supplier_id) for offer in product.offers.all()})}
        yield Found(thing_of(record), record.name, owner)


def _category(product: Product | None) -> str | None:
    return product.category.name if product and product.category else None


TABLES: Mapping[str, Callable[[], Iterator[Found]]] = {"items": _items, "products": _products}
