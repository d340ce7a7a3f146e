"""Products are merged, offers taken out, and both undone, after a page that says what will happen."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.linking.links import Pair, link_pairs
from catalog.linking.models import AbsorbedProduct, ItemLink
from catalog.models import Product
from ingestion.runs.supplier_lock import work_on
from tests.factories import CategoryFactory, PriceHistoryFactory, ProductFactory, SupplierFactory, SupplierItemFactory
from tests.ingestion.backoffice.pages import texts

pytestmark = pytest.mark.django_db


def page_of(product):
    return reverse("admin:catalog_product_change", args=[product.pk])


def view(name, thing):
    return reverse(f"admin:catalog_product_{name}", args=[thing.pk])


@pytest.fixture
def product(db):
    """Offered by Acme and by Nordwind."""
    found = ProductFactory(internal_sku="P-1", name="Drill", currency="EUR")
    for name, price in (("Acme", "20.00"), ("Nordwind", "15.00")):
        SupplierItemFactory(
            product=found, supplier=SupplierFactory(name=name), supplier_sku=name, current_price=price, stock=3
        )
    return found


@pytest.fixture
def other(db):
    return ProductFactory(internal_sku="P-2", name="Cordless drill", category=CategoryFactory(name="Tools"))


def rows(page, number=0):
    return page.context["sections"][number].table["rows"]


def test_offers_stand_side_by_side_the_cheapest_marked(reviewer, product):
    first, second = rows(reviewer.get(page_of(product)))
    assert [row[0] for row in (first, second)] == ["Nordwind", "Acme"]
    assert "cheapest" in first[4]
    assert "cheapest" not in second[4]
    assert first[6] == "not said (3)"


def test_the_change_in_thirty_days_and_the_chart(reviewer, product):
    item, now = product.offers.get(supplier_sku="Acme"), timezone.now()
    for days, price in ((60, "16.00"), (10, "20.00")):
        PriceHistoryFactory(supplier_item=item, price=price, recorded_at=now - timedelta(days=days))
    page = reviewer.get(page_of(product))
    assert [row[5] for row in rows(page)] == ["-", "+25.0 %"]
    [line] = json.loads(page.context["price_chart"])["datasets"]
    assert (line["label"], line["data"]) == ("Acme, Acme", [16.0, 20.0, 20.0])


def test_a_merge_says_first_what_it_will_do(reviewer, product, other):
    page = reviewer.get(view("merge", other), {"into": "P-1"})
    text = page.content.decode()
    assert "becomes one with P-1" in text
    assert "0 offers go to P-1" in text
    assert "takes the category Tools" in text
    assert Product.objects.count() == 2


def test_a_merge_and_its_undoing(reviewer, product, other):
    done = reviewer.post(f"{view('merge', product)}?into=P-2", follow=True)
    assert texts(done) == "P-1 is one with P-2 now."
    assert other.offers.count() == 2
    [row] = rows(done, 2)
    assert row[1] == "P-1 became one with it"
    undo = view("undo_merge", AbsorbedProduct.objects.get())
    assert undo in row[-1]
    assert "2 offers go back to it" in reviewer.get(undo).content.decode()
    back = reviewer.post(undo, follow=True)
    assert "P-1 is there again." in texts(back)
    assert Product.objects.get(internal_sku="P-1").offers.count() == 2


def test_the_page_of_a_merged_product_leads_to_what_it_is_now(reviewer, sign_in, product, other):
    reviewer.post(f"{view('merge', product)}?into=P-2")
    page = reviewer.get(page_of(product), follow=True)
    assert page.redirect_chain[0][0] == page_of(other)
    assert "P-1 became one with" in texts(page)
    assert sign_in("").get(page_of(product)).status_code == 403
    assert reviewer.get(page_of(product).replace(str(product.pk), "9" * 30)).status_code == 302


def test_what_to_look_at_before_a_merge(reviewer, product, other):
    acme = product.offers.get(supplier_sku="Acme")
    SupplierItemFactory(product=other, supplier=acme.supplier)
    Product.objects.filter(pk=product.pk).update(lowest_price=15, currency="EUR")
    Product.objects.filter(pk=other.pk).update(lowest_price=2, currency="EUR")
    text = reviewer.get(view("merge", product), {"into": "P-2"}).content.decode()
    assert "Acme would offer the product twice" in text
    assert "more than three times apart" in text


@pytest.mark.parametrize("given", ["", "P-77", "P-1"])
def test_a_merge_asks_for_another_product(reviewer, product, given):
    page = reviewer.get(view("merge", product), {"into": given})
    assert "Internal SKU of the other product" in page.content.decode()
    assert ("no other product" in page.content.decode()) == bool(given)


def test_an_offer_is_taken_out_and_goes_back(reviewer, product):
    item = product.offers.get(supplier_sku="Acme")
    assert view("take_out", item) in str(rows(reviewer.get(page_of(product))))
    assert "becomes a product of its own" in reviewer.get(view("take_out", item)).content.decode()
    done = reviewer.post(view("take_out", item), follow=True)
    assert "a product of its own now" in texts(done)
    assert product.offers.count() == 1
    [row] = rows(reviewer.get(page_of(product)), 2)
    assert row[1] == "taken out"
    undo = view("undo_link", ItemLink.objects.get())
    assert "goes back to the product" in reviewer.get(undo).content.decode()
    reviewer.post(undo, follow=True)
    assert product.offers.count() == 2


def test_a_product_with_one_offer_has_nothing_to_take_out(reviewer, product):
    product.offers.get(supplier_sku="Acme").delete()
    [row] = rows(reviewer.get(page_of(product)))
    assert "Take out" not in str(row)
    item = product.offers.get()
    assert "of its own already" in reviewer.get(view("take_out", item)).content.decode()
    assert "of its own already" in texts(reviewer.post(view("take_out", item), follow=True))


def test_a_link_without_a_person_is_undone(reviewer, product):
    item = SupplierItemFactory(product=None, name="Drill of a third")
    link_pairs([Pair(item.pk, product.pk, ItemLink.Method.GATE, 0.97, {})], by=None)
    page = reviewer.get(page_of(product))
    [row] = rows(page, 2)
    assert row[1:3] == ["linked: the identity gate", f"{item.supplier.name}, {item.supplier_sku}"]
    assert row[4] == "97%"
    undo = view("undo_link", ItemLink.objects.get())
    assert "counts as wrong" in reviewer.get(undo).content.decode()
    reviewer.post(undo)
    item.refresh_from_db()
    assert item.product is None
    assert "already" in texts(reviewer.post(undo, follow=True))


def test_while_a_list_of_a_supplier_goes_in(reviewer, product, other):
    with work_on(product.offers.get(supplier_sku="Acme").supplier_id):
        page = reviewer.post(f"{view('merge', product)}?into=P-2", follow=True)
    assert "at work" in texts(page)
    assert Product.objects.count() == 2


@pytest.mark.parametrize("role", ["Viewer", "Staff"])
def test_who_may_not_decide(sign_in, product, role):
    client, item = sign_in(role), product.offers.first()
    page = client.get(page_of(product)).content.decode()
    assert "Take out" not in page
    assert "Merge with another" not in page
    for method in (client.get, client.post):
        assert method(view("merge", product)).status_code == 403
        assert method(view("take_out", item)).status_code == 403
