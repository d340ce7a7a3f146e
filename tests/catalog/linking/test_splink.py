"""The road to Splink, and with it to Spark: what is exported is enough to find the pairs of a made-up catalog.

Splink stands in an environment of its own, which `make splink` makes: beside it, pandas has another type for texts.
"""

import json
import subprocess
import sys
from itertools import islice

import pytest
from django.conf import settings
from django.core.management import call_command

from catalog.matching.made_up import scenarios
from catalog.models import Product, SupplierItem
from tests.factories import SupplierFactory

pytest.importorskip("splink", reason="`make splink` runs it, in an environment that has Splink")
pytestmark = pytest.mark.django_db
MACHINES = 3  # among the trades; most of their names have codes
FACTS = ("name", "brand", "mpn", "barcode", "currency", "characteristics")
ON_SPARK = """
import json, sqlglot
from benchmarks.splink_job import settings
made = settings(1000).create_settings_dict("spark")
rules = [rule["blocking_rule"] for rule in made["blocking_rules_to_generate_predictions"]]
levels = [level["sql_condition"] for each in made["comparisons"] for level in each["comparison_levels"]]
print(json.dumps([sqlglot.parse_one(sql, read="spark").sql("spark") for sql in rules + levels if sql != "ELSE"]))
"""


def stored(records):
    """Each as an item of one supplier, with a product that only it has."""
    supplier = SupplierFactory()
    products = [Product(internal_sku=f"{supplier.pk}-{record.id}", name=record.name) for record in records]
    Product.objects.bulk_create(products)
    items = [
        SupplierItem(
            supplier=supplier,
            product=product,
            supplier_sku=record.id,
            current_price=record.price or 0,
            **{fact: getattr(record, fact) for fact in FACTS},
        )
        for record, product in zip(records, products, strict=True)
    ]
    return {item.supplier_sku: item for item in SupplierItem.objects.bulk_create(items)}


def made_drafts_of(items):
    for item in items:
        Product.objects.filter(pk=item.product_id).update(created_at=item.created_at)


def python(*words):
    made = subprocess.run([sys.executable, *words], cwd=settings.BASE_DIR, check=True, capture_output=True, text=True)
    return made.stdout


def best_pairs(path):
    duckdb = pytest.importorskip("duckdb")
    best = "arg_max(unique_id_r, match_probability)"
    return set(duckdb.sql(f"SELECT unique_id_l, {best} FROM '{path}' GROUP BY ALL").fetchall())  # noqa: S608


def test_pairs_are_found(tmp_path):
    lists = next(islice(scenarios(7, 10), MACHINES, None))
    lefts, rights = stored(lists.left), stored(lists.right)
    made_drafts_of(lefts.values())
    true = {(str(lefts[left].pk), str(rights[right].product_id)) for left, right in lists.pairs}
    call_command("export_matching", "--output", str(tmp_path / "export"))
    python("-m", "benchmarks.splink_job", str(tmp_path / "export"), str(tmp_path / "pairs.parquet"))
    found = best_pairs(tmp_path / "pairs.parquet")
    assert len(found & true) >= 0.9 * len(found)  # 94 %
    assert len(found & true) >= 0.75 * len(true)  # 82 %


def test_settings_are_said_in_the_words_of_spark():
    said = json.loads(python("-c", ON_SPARK))
    assert any("ARRAY_INTERSECT(" in sql for sql in said)
    assert any("ARRAY_CONTAINS(r.supplier_ids, l.supplier_id)" in sql for sql in said)
