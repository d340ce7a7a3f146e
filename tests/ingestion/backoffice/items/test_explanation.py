import pytest
from django.urls import reverse

from tests.factories import PriceHistoryFactory, PriceListFactory, RunFactory, SupplierItemFactory
from tests.ingestion.prepared import shown

pytestmark = pytest.mark.django_db
COLUMNS = [
    {"letter": letter, "header": header, "field": field, "reason": "A usual header."}
    for letter, header, field in (("A", "code", "supplier_sku"), ("B", "name", "name"), ("C", "price", "price"))
]


def page_of(client, item):
    return shown(lambda: client.get(reverse("admin:catalog_supplieritem_explain", args=[item.pk])))


def test_each_value_stands_beside_its_cell(sign_in):
    sheet = {"sheet": "", "chosen": True, "columns": COLUMNS, "header_rows": [1], "notes": ["Prices are net."]}
    run = RunFactory(status="success", price_list=PriceListFactory(), understanding={"sheets": [sheet]})
    item = SupplierItemFactory(created_run_id=run.pk, name="Bolt", current_price="1.50", tax_included=False)
    PriceHistoryFactory(supplier_item=item, price="1.50", run_id=run.pk, row_number=2)
    page = page_of(sign_in("Viewer"), item)
    values, notes = page.context["sections"]
    rows = {row[0]: row[1:] for row in values.table["rows"]}
    value, run_cell, row, column, cell, rule = rows["Current price"]
    assert (value, column, cell, rule) == ("1.50 EUR", "C (price)", "1.50", "A usual header.")
    assert f"#{run.pk}" in run_cell
    assert ">2<" in row
    assert (rows["Price includes tax"][0], rows["Price includes tax"][3]) == ("no", "C (price)")
    assert notes.table["rows"] == [["Prices are net."]]
    assert 'class="rev-row"' in page.content.decode()


def test_an_item_without_a_list_has_a_page_too(sign_in):
    page = page_of(sign_in("Viewer"), SupplierItemFactory(characteristics={"Power": "500 W"}))
    assert "not on record" in page.content.decode()


def test_only_for_those_who_may_see_runs(sign_in):
    item = SupplierItemFactory()
    assert sign_in().get(reverse("admin:catalog_supplieritem_explain", args=[item.pk])).status_code == 403
