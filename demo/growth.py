"""A grown catalog for measuring, written by COPY into tables that get their indexes afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, islice

from django.db import connection, transaction

from catalog import search
from demo import made_up, made_up_runs
from demo.made_up import Size

LINES_AT_ONCE = 5_000

TABLES = (
    "suppliers_supplier", "suppliers_pricelistsource", "catalog_category", "catalog_product",
    "catalog_productstatuschange", "catalog_supplieritem", "catalog_pricehistory", "ingestion_pricelist",
    "ingestion_ingestionrun", "ingestion_parsinglog", "ingestion_change",
)  # fmt: skip

TEXTS = ("catalog_itemtext", "catalog_producttext")
SPANS = "INSERT INTO catalog_searchbacklog (kind, first_id, last_id) VALUES ('item', 1, %s), ('product', 1, %s)"
SECONDARY_INDEXES = """
SELECT indexdef, format('DROP INDEX %%I', indexname) FROM pg_indexes
WHERE tablename = ANY(%s) AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE contype IN ('p', 'u', 'x'))
    AND schemaname = 'public' AND indexdef NOT LIKE 'CREATE UNIQUE%%' AND indexdef NOT LIKE '%% = ANY (%%'
"""  # a condition with a list of words is written otherwise when its text is read again; such indexes are small
FOREIGN_KEYS = """
SELECT format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid)),
    format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname)
FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)
"""


@transaction.atomic
def grow(size: Size, *, say: Callable[[str], object]) -> None:
    """Fills the tables of an empty catalog; nothing of it stays where it does not come to its end."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'; SET LOCAL synchronous_commit = off")
        with bare(say):
            for table, columns, lines in chain(made_up.contents(size), made_up_runs.contents(size)):
                say(f"{table}: {copy(table, columns, lines):,} rows")
            cursor.execute(SPANS, [size.items, size.products])
            say(f"search texts: {search.catch_up():,} rows")
        for table in TABLES:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")  # noqa: S608


@contextmanager
def bare(say: Callable[[str], object]) -> Iterator[None]:
    """Without secondary indexes, foreign keys and triggers: made at the end, in bulk, they cost a fraction."""
    with connection.cursor() as cursor:
        again = []
        for query in (FOREIGN_KEYS, SECONDARY_INDEXES):
            cursor.execute(query, [[*TABLES, *TEXTS]])
            for made, dropped in cursor.fetchall():
                again.append(made)
                cursor.execute(dropped)
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        for made in reversed(again):  # the indexes first: the foreign keys are checked through them
            say(made.split(" USING ")[0].split(" FOREIGN ")[0])
            cursor.execute(made)


def copy(table: str, columns: str, lines: Iterator[str]) -> int:
    count = 0
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as stream:
        while block := list(islice(lines, LINES_AT_ONCE)):
            stream.write("".join(block))
            count += len(block)
    return count
