"""Every query of docs/queries.md runs, on data for which most of them find something."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from tests.factories import (
    CategoryFactory,
    ParsingLogFactory,
    PriceHistoryFactory,
    ProductFactory,
    RunFactory,
    SourceFactory,
    SupplierFactory,
    SupplierItemFactory,
    UserFactory,
)

TEXT = (settings.BASE_DIR / "docs" / "queries.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(sql|python)\n(.*?)```", TEXT, re.DOTALL)
SQL = [code for language, code in BLOCKS if language == "sql"]
PYTHON = [code for language, code in BLOCKS if language == "python"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalog():
    now = timezone.now()
    supplier = SupplierFactory(name="Nordwind GmbH")
    source = SourceFactory(supplier=supplier)
    product = ProductFactory(internal_sku="P-000001", category=CategoryFactory(name="Tools"))
    item = SupplierItemFactory(
        supplier=supplier,
        source=source,
        product=product,
        supplier_sku="N-1",
        characteristics={"Power": "500 W"},
    )
    SupplierItemFactory(supplier=supplier, source=source, missing_since=now)
    for days, price in ((30, "10"), (1, "12")):
        PriceHistoryFactory(supplier_item=item, price=price, recorded_at=now - timedelta(days=days))
    run = RunFactory(source=source, status="success", total_rows=2, successful_rows=2, processing_seconds=0.1)
    ParsingLogFactory(run=run, task_id="3f0c")
    UserFactory(username="reviewer")


def name_of(code):
    return " ".join(code.split())[:60]


@pytest.mark.parametrize("code", SQL, ids=name_of)
def test_sql(code):
    with connection.cursor() as cursor:
        cursor.execute(code)
        assert cursor.description


@pytest.mark.parametrize("code", PYTHON, ids=name_of)
def test_python(code):
    """As in a shell: whatever the last lines give is looked at."""
    *_imports, last = code.strip().split("\n\n")
    found: dict[str, Any] = {}
    exec(code, found)  # noqa: S102 - our own documentation
    expression = last.strip().splitlines()[-1]
    value = eval(expression, found)  # noqa: S307
    assert value is None or list(value) is not None


def test_the_page_has_queries_of_both_kinds():
    assert len(SQL) > 10
    assert len(PYTHON) > 6
