import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from catalog import lifecycle
from catalog.models import Product
from tests.factories import ProductFactory, SupplierFactory, SupplierItemFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:catalog_draftproduct_changelist")


def act(client, action, chosen, *, across=False):
    data = {"action": action, ACTION_CHECKBOX_NAME: [product.pk for product in chosen], "select_across": int(across)}
    return [str(message) for message in client.post(LIST, data, follow=True).context["messages"]]


def test_shows_drafts_only_with_supplier_price_and_category(reviewer):
    draft, active = ProductFactory(name="Drill", lowest_price="9.5", currency="EUR"), ProductFactory(name="Paint")
    for name in ("Nord", "Acme"):
        SupplierItemFactory(product=draft, supplier=SupplierFactory(name=name), current_price="9.5")
    lifecycle.promote(Product.objects.filter(pk=active.pk), by=UserFactory())
    page = reviewer.get(LIST).content.decode()
    assert "Drill" in page
    assert "(+1)" in page
    assert "9.50 EUR" in page
    assert "Paint" not in page


def test_a_draft_without_lowest_price_shows_its_first_offer(reviewer):
    SupplierItemFactory(product=ProductFactory(currency="USD"), current_price="7", currency="EUR")
    assert "7.00 EUR" in reviewer.get(LIST).content.decode()


def test_a_name_leads_to_the_product_that_stays(reviewer):
    draft = ProductFactory()
    assert reverse("admin:catalog_product_change", args=[draft.pk]) in reviewer.get(LIST).content.decode()


def test_promotes_the_chosen_and_says_how_many(reviewer):
    first, second, third = ProductFactory.create_batch(3)
    assert act(reviewer, "promote", [first, second]) == ["2 promoted."]
    assert list(Product.objects.awaiting_review()) == [third]


def test_promotes_all_of_all_pages_in_few_queries(reviewer, django_assert_max_num_queries):
    drafts = ProductFactory.create_batch(130)
    with django_assert_max_num_queries(40):
        assert act(reviewer, "promote", drafts[:1], across=True) == ["130 promoted."]
    assert not Product.objects.awaiting_review().exists()


def test_all_means_all_that_the_filter_shows(reviewer):
    wanted, other = ProductFactory(name="Drill"), ProductFactory(name="Paint")
    data = {"action": "archive", ACTION_CHECKBOX_NAME: [wanted.pk], "select_across": 1}
    reviewer.post(f"{LIST}?q=drill", data)
    assert list(Product.objects.awaiting_review()) == [other]


def test_says_what_was_refused_when_somebody_was_faster(reviewer):
    first, second = ProductFactory.create_batch(2)
    products = reverse("admin:catalog_product_changelist")
    lifecycle.promote(Product.objects.filter(pk=first.pk), by=UserFactory())
    data = {"action": "promote", ACTION_CHECKBOX_NAME: [first.pk, second.pk]}
    page = reviewer.post(products, data, follow=True)
    assert [str(message) for message in page.context["messages"]] == ["1 promoted, 1 refused: 1 already active."]


def test_filters_by_supplier(reviewer):
    item = SupplierItemFactory(product=ProductFactory(name="Drill"))
    ProductFactory(name="Paint")
    page = reviewer.get(LIST, {"offers__supplier__id__exact": item.supplier_id})
    assert [product.name for product in page.context["cl"].result_list] == ["Drill"]


def test_the_list_costs_the_same_however_many_drafts(reviewer, django_assert_max_num_queries):
    for _ in range(30):
        SupplierItemFactory(product=ProductFactory())
    with django_assert_max_num_queries(10):
        reviewer.get(LIST)


def test_nobody_adds_deletes_or_reviews_without_permission(sign_in):
    draft = ProductFactory()
    assert sign_in("Administrator").get(reverse("admin:catalog_draftproduct_add")).status_code == 403
    assert sign_in().get(LIST).status_code == 403
    viewer = sign_in("Viewer")
    assert viewer.get(LIST).status_code == 200
    viewer.post(LIST, {"action": "promote", ACTION_CHECKBOX_NAME: [draft.pk]})
    draft.refresh_from_db()
    assert draft.status == "draft"
