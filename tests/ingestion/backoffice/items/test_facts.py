"""What items know beside their price: on their page, in their list, in what goes out."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from catalog import search
from catalog.models import SupplierItem
from ingestion.backoffice.items.export import ITEMS_EXPORT
from ingestion.runs.life_cycle import start_of
from tests.factories import (
    ChangeFactory,
    PriceHistoryFactory,
    PriceListFactory,
    ProductFactory,
    RunFactory,
    SupplierItemFactory,
)
from tests.forms import save

pytestmark = pytest.mark.django_db
LIST = reverse("admin:catalog_supplieritem_changelist")
FACTS = {
    "brand": "Acme",
    "mpn": "AX-9000",
    "barcode": "04006381333931",
    "country": "DE",
    "minimum_order": Decimal(24),
    "unit": "pcs",
    "tax_rate": Decimal(19),
    "tax_included": True,
    "price_breaks": [{"minimum": 10, "price": 1.8}],
    "weight": Decimal("0.0005"),
    "lead_time": 1,
    "link": "https://a.example/1",
}


def page_of(item):
    return reverse("admin:catalog_supplieritem_change", args=[item.pk])


def listed(client, **query):
    return [item.supplier_sku for item in client.get(LIST, query).context["cl"].result_list]


@pytest.fixture
def known():
    return SupplierItemFactory(supplier_sku="K", current_price="2.45", per_quantity=100, **FACTS)


@pytest.fixture
def plain():
    return SupplierItemFactory(supplier_sku="P", current_price="1")


def test_the_page_says_what_the_list_says_and_no_more(reviewer, known, plain):
    (facts,) = [each for each in reviewer.get(page_of(known)).context["sections"] if "besides" in str(each.title)]
    assert dict(facts.table["rows"]) | {"link": ""} == {
        "price of one": "0.0245 EUR",
        "tax": "with 19 % tax",
        "price breaks": "from 10: 1.80 EUR per 100",
        "minimum order": "24 pcs",
        "unit": "pcs",
        "lead time": "1 day",
        "brand": "Acme",
        "manufacturer's part number": "AX-9000",
        "barcode": "04006381333931",
        "country of origin": "DE",
        "weight": "0.0005 kg",
        "link": "",
    }
    assert not [each for each in reviewer.get(page_of(plain)).context["sections"] if "besides" in str(each.title)]


def test_an_address_that_is_none_of_the_web_leads_nowhere(reviewer, plain):
    SupplierItem.objects.update(link="javascript:alert(1)")
    assert 'href="javascript' not in reviewer.get(page_of(plain)).content.decode()


def test_the_list_shows_the_basis_and_sorts_by_the_price_of_one(reviewer, known, plain):
    assert "2.45 EUR per 100, with 19 % tax" in reviewer.get(LIST).content.decode()
    place = list(reviewer.get(LIST).context["cl"].list_display).index("price")
    assert listed(reviewer, o=str(place)) == ["K", "P"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"brand": "acm"}, ["K"]),
        ({"brand": "cme"}, []),
        ({"country": "de"}, ["K"]),
        ({"has_barcode": "yes"}, ["K"]),
        ({"has_barcode": "no"}, ["P"]),
        ({"unit_price_from": "0.5"}, ["P"]),
        ({"q": "4006381333931"}, ["K"]),
        ({"q": "ax-9000"}, ["K"]),
    ],
    ids=str,
)
def test_filters_and_search(reviewer, known, plain, query, found):
    assert listed(reviewer, **query) == found


@pytest.mark.parametrize("caught_up", [True, False])
def test_a_new_barcode_is_found_and_so_is_its_product(reviewer, plain, caught_up):
    product = ProductFactory()
    search.catch_up()
    plain.product, plain.barcode = product, "04006381333931"
    plain.save()
    if caught_up:
        search.catch_up()
    assert listed(reviewer, q="4006381333931") == ["P"]
    products = reviewer.get(reverse("admin:catalog_product_changelist"), {"q": "4006381333931"}).context["cl"]
    assert list(products.result_list) == [product]


def test_facts_are_edited_by_hand(reviewer, plain):
    save(reviewer, page_of(plain), brand="Acme", minimum_order="5", price_breaks='[{"minimum": 10, "price": 0.9}]')
    plain.refresh_from_db()
    assert (plain.brand, plain.minimum_order, plain.price_breaks) == ("Acme", 5, [{"minimum": 10, "price": 0.9}])
    assert plain.listed == {"brand": None, "minimum_order": None, "price_breaks": None}
    answer = save(reviewer, page_of(plain), barcode="04006381333932")
    assert "check digit" in answer.content.decode()


def test_the_chart_draws_prices_of_one(reviewer, known):
    for price, per_quantity in (("2", 1), ("210", 100)):
        PriceHistoryFactory(supplier_item=known, price=price, per_quantity=per_quantity)
    context = reviewer.get(page_of(known)).context
    assert '"data": [2.0, 2.1, 2.1]' in context["price_chart"]
    assert "price of one" in context["price_chart"]


def test_offers_of_a_product_stand_side_by_side_as_prices_of_one_without_tax(reviewer, known):
    product = ProductFactory(currency="EUR")
    SupplierItem.objects.update(product=product)
    page = reviewer.get(reverse("admin:catalog_product_change", args=[product.pk]))
    (offers,) = [each for each in page.context["sections"] if "Offers" in str(each.title)]
    (row,) = offers.table["rows"]
    assert tuple(row)[3:8] == ("2.45 EUR per 100, with 19 % tax", "0.02058824 EUR", "-", "not said", "24 pcs")


def test_what_goes_out_has_the_facts(known):
    (row,) = ITEMS_EXPORT.rows(SupplierItem.objects.all())
    line = dict(zip(ITEMS_EXPORT.header(), row, strict=True))
    assert (line["price is for"], line["price of one"], line["brand"]) == (100, Decimal("0.0245"), "Acme")
    assert (line["price breaks"], line["price includes tax"]) == ("from 10: 1.80 EUR per 100", "yes")


def test_a_price_to_come_is_seen_on_the_pages_of_item_and_product_and_in_the_list(reviewer, known, plain):
    known.product = ProductFactory()
    known.save()
    day = timezone.localdate() + timedelta(days=30)
    price_list = PriceListFactory()
    waits = RunFactory(supplier=known.supplier, price_list=price_list, status="scheduled", due_at=start_of(day))
    ahead = RunFactory(
        supplier=known.supplier, price_list=price_list, status="success", dry_run=True, takes_force_on=day
    )
    new = {"current_price": 4.9, "currency": "EUR", "per_quantity": 100}
    ChangeFactory(run=ahead, item_id=known.pk, supplier_sku="K", kind="price_up", state="planned", new=new)
    sections = {str(each.title): each.table["rows"] for each in reviewer.get(page_of(known)).context["sections"]}
    ((on, price, change, run, note),) = sections["Prices to come"]
    assert (on, price, change, note) == (date_format(day), "4.90 EUR per 100", "+100.0 %", "")
    assert f"#{waits.pk}" in run
    assert "Prices to come" not in reviewer.get(page_of(plain)).content.decode()
    assert listed(reviewer, upcoming="yes") == ["K"]
    product = reviewer.get(reverse("admin:catalog_product_change", args=[known.product.pk])).content.decode()
    assert f"4.90 EUR per 100 from {date_format(day)}" in product


def test_items_are_filtered_by_tax_minimum_order_and_lead_time(reviewer, known, plain):
    assert listed(reviewer, tax="with") == ["K"]
    assert (listed(reviewer, tax="unsaid"), listed(reviewer, tax="without")) == (["P"], [])
    assert listed(reviewer, minimum_order_from="20", minimum_order_to="30") == ["K"]
    assert listed(reviewer, minimum_order_to="10") == []
    assert listed(reviewer, lead_time_to="1") == ["K"]
    assert set(listed(reviewer, tax="nonsense")) == {"K", "P"}
