import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from catalog import comparison
from catalog.models import Product
from tests.factories import ProductFactory, SupplierFactory, SupplierItemFactory

pytestmark = pytest.mark.django_db


def sheet_of(content):
    return openpyxl.load_workbook(io.BytesIO(content)).active


@pytest.fixture
def bolt():
    product = ProductFactory(internal_sku="P-1", name="=Bolt")
    for name, price in (("Alpha", "12.5"), ("Beta", "11.25")):
        SupplierItemFactory(product=product, supplier=SupplierFactory(name=name), current_price=price)
    return product


def test_a_row_a_product_and_a_column_a_supplier(bolt):
    sheet = sheet_of(comparison.compare_offers(Product.objects.all()))
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["internal SKU", "name", "Alpha, EUR", "Beta, EUR"],
        ["P-1", "=Bolt", 12.5, 11.25],
    ]
    assert sheet["B2"].data_type == "s"


def test_the_cheapest_is_marked(bolt):
    sheet = sheet_of(comparison.compare_offers(Product.objects.all()))
    assert sheet["D2"].fill.fgColor.rgb == "00C6EFCE"
    assert sheet["C2"].fill.fill_type is None


def test_currencies_are_not_compared_and_missing_items_left_out(bolt):
    SupplierItemFactory(product=bolt, supplier=SupplierFactory(name="Gamma"), current_price=1, currency="USD")
    SupplierItemFactory(product=bolt, current_price=1, missing_since=timezone.now())
    sheet = sheet_of(comparison.compare_offers(Product.objects.all()))
    assert [cell.value for cell in sheet[1]][2:] == ["Alpha, EUR", "Beta, EUR", "Gamma, USD"]
    assert sheet["E2"].fill.fill_type is None


def test_products_without_offers_give_an_empty_table():
    ProductFactory()
    assert sheet_of(comparison.compare_offers(Product.objects.all())).max_row == 1


def test_the_action_sends_the_workbook(reviewer, bolt):
    chosen = {"action": "compare", "_selected_action": [bolt.pk]}
    answer = reviewer.post(reverse("admin:catalog_product_changelist"), chosen)
    assert "offers.xlsx" in answer["Content-Disposition"]
    assert sheet_of(answer.content)["A2"].value == "P-1"


def test_too_many_are_refused_in_words(reviewer, bolt, monkeypatch):
    monkeypatch.setattr("catalog.comparison.MOST_PRODUCTS", 0)
    chosen = {"action": "compare", "_selected_action": [bolt.pk]}
    answer = reviewer.post(reverse("admin:catalog_product_changelist"), chosen, follow=True)
    assert "choose fewer" in answer.content.decode()


def test_prices_are_those_of_one_without_tax(bolt):
    SupplierItemFactory(product=bolt, supplier=SupplierFactory(name="Gamma"), current_price=1100, per_quantity=100)
    SupplierItemFactory(
        product=bolt, supplier=SupplierFactory(name="Omega"), current_price=12, tax_rate=20, tax_included=True
    )
    sheet = sheet_of(comparison.compare_offers(Product.objects.all()))
    assert [cell.value for cell in sheet[2]][2:] == [12.5, 11.25, 11, 10]
    assert sheet["F2"].fill.fgColor.rgb == "00C6EFCE"
