"""What matching compares, as tables."""

import json
from importlib.util import find_spec

import pytest
from django.core.management import CommandError, call_command

from catalog.lifecycle import archive
from catalog.linking import export, export_rows
from catalog.models import Product
from tests.factories import CategoryFactory, ProductFactory, SupplierItemFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    """In a draft of its own."""
    product = ProductFactory(name="Дрель Makita DHP-453 18 В, 2 шт", category=CategoryFactory(name="Tools"))
    made = SupplierItemFactory(product=product, name=product.name, brand="Makita", mpn="DHP-453", current_price="120")
    Product.objects.filter(pk=product.pk).update(created_at=made.created_at)
    return made


def exported(folder):
    call_command("export_matching", "--format", "jsonl", "--output", str(folder), verbosity=0)
    return {table: rows_of(folder / table) for table in ("items", "products")}


def rows_of(table):
    files = sorted(table.iterdir())
    return [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_row_says_what_is_compared(item, tmp_path):
    [row] = exported(tmp_path / "export")["items"]
    assert list(row) == list(export_rows.COLUMNS)
    assert {name: value for name, value in row.items() if value is not None} == {
        "unique_id": str(item.pk),
        "product_id": str(item.product_id),
        "supplier_id": str(item.supplier_id),
        "name": item.name,
        "words": ["18", "2", "453", "dhp", "drel", "makita", "sht"],
        "rare_words": ["dhp", "drel", "makita", "sht"],
        "numbers": ["453"],
        "codes": ["dhp453"],
        "rare_codes": ["dhp453"],
        "quantities": ["voltage:18"],
        "dimensions": ["voltage"],
        "pack": 2.0,
        "brand": "makita",
        "mpn": ["dhp453"],
        "price": 120.0,
        "currency": "EUR",
        "category": ["tools"],
    }


def test_products_say_who_offers_them(item, tmp_path):
    plain = ProductFactory(name="Saw")
    first, second = exported(tmp_path / "export")["products"]
    assert (first["unique_id"], first["supplier_ids"]) == (str(item.product_id), [str(item.supplier_id)])
    assert (second["unique_id"], second["supplier_ids"], second["words"]) == (str(plain.pk), None, ["saw"])


def test_what_is_linked_or_archived_is_left_out(tmp_path):
    linked = SupplierItemFactory(product=ProductFactory())
    archive(Product.objects.filter(pk=ProductFactory().pk), by=UserFactory())
    found = exported(tmp_path / "export")
    assert found["items"] == []
    assert [row["unique_id"] for row in found["products"]] == [str(linked.product_id)]


def test_what_many_products_hold_is_not_rare(item, tmp_path, monkeypatch):
    monkeypatch.setattr(export_rows, "RARE", 1)
    ProductFactory(name="Makita saw")
    [row] = exported(tmp_path / "export")["items"]
    assert row["rare_words"] == ["dhp", "drel", "sht"]


def test_a_table_of_many_rows_is_several_files(tmp_path, monkeypatch):
    monkeypatch.setattr(export, "IN_A_FILE", 2)
    products = [ProductFactory() for _ in range(5)]
    rows = exported(tmp_path / "export")["products"]
    assert [row["unique_id"] for row in rows] == [str(product.pk) for product in products]
    assert len(list((tmp_path / "export" / "products").iterdir())) == 3


def test_a_folder_that_has_something_is_left_alone(item, tmp_path):
    (tmp_path / "mine").touch()
    with pytest.raises(CommandError, match="is there already"):
        exported(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_half_an_export_is_not_left(item, tmp_path, monkeypatch):
    monkeypatch.setattr("catalog.linking.export.row_of", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        exported(tmp_path / "export")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(find_spec("duckdb") is not None, reason="DuckDB is installed")
def test_without_duckdb_it_says_what_to_do(tmp_path):
    with pytest.raises(CommandError, match="pip install duckdb"):
        call_command("export_matching", "--output", str(tmp_path / "export"))
