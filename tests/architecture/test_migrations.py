import os
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command

SCRATCH = "scratch_migrations"


@pytest.fixture
def scratch_url() -> Iterator[str]:
    """An empty database beside the tests' own."""
    server = settings.DATABASES["default"]
    url = f"postgresql://{server['USER']}:{server['PASSWORD']}@{server['HOST']}:{server['PORT']}/postgres"
    name = f"{SCRATCH}_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type, unused-ignore]
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type, unused-ignore]


def migrate(url: str, *words: str) -> None:
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0", *words]
    environment = {**os.environ, "DATABASE_URL": url}
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def tables(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    return {name for (name,) in rows}


def test_migrations_run_backwards_and_forwards_again(scratch_url: str) -> None:
    migrate(scratch_url)
    forwards = tables(scratch_url)
    for app in ("ingestion", "catalog", "suppliers"):
        migrate(scratch_url, app, "zero")
    assert not [name for name in tables(scratch_url) if name.startswith(("ingestion_", "catalog_", "suppliers_"))]
    migrate(scratch_url)
    assert tables(scratch_url) == forwards


TWICE = """
INSERT INTO suppliers_supplier (id, name, contact_email, default_currency, is_active, metadata, created_at, updated_at)
VALUES (1, 'Smith', '', 'EUR', true, '{}', now(), now());
INSERT INTO catalog_supplieritem (id, supplier_id, supplier_sku, sku_is_derived, name, current_price, currency,
    availability, characteristics, created_at, updated_at)
SELECT id, 1, sku, false, 'Pump', 1, 'EUR', '', '{}', now(), now()
FROM (VALUES (7, 'KM-1'), (8, 'km 1'), (9, 'KM-2')) i(id, sku);
"""


def test_codes_that_are_only_written_differently_are_named_before_anything_is_changed(scratch_url: str) -> None:
    migrate(scratch_url)
    migrate(scratch_url, "catalog", "0003")
    with psycopg.connect(scratch_url) as connection:
        connection.execute(TWICE)
    with pytest.raises(AssertionError, match="Smith: items 7 “KM-1”, 8 “km 1”"):
        migrate(scratch_url)
    with psycopg.connect(scratch_url) as connection:
        connection.execute("DELETE FROM catalog_supplieritem WHERE id = 8")
    migrate(scratch_url)
    with psycopg.connect(scratch_url) as connection:
        keys = connection.execute("SELECT id, sku_key FROM catalog_supplieritem ORDER BY id").fetchall()
    assert keys == [(7, "KM1"), (9, "KM2")]


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())
