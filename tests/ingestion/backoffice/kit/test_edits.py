import pytest
from django.urls import reverse

from catalog import lifecycle
from catalog.models import Product
from tests.factories import ProductFactory, SourceFactory, UserFactory

pytestmark = pytest.mark.django_db


def page_of(obj):
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])


def edits(page):
    return [section for section in page.context["sections"] if section.title == "Edits by hand"]


def change(obj, by, **values):
    obj._history_user = by
    for name, value in values.items():
        setattr(obj, name, value)
    obj.save()


@pytest.fixture
def product():
    product, person = ProductFactory(name="Drill"), UserFactory(username="editor")
    change(product, person, name="Drill 500 W", retail_price=12)
    change(product, person, name="Hammer drill " + "x" * 100)
    return product


def test_tells_who_changed_what_newest_first(sign_in, product):
    [section] = edits(sign_in("Viewer").get(page_of(product)))
    newest, oldest = section.table["rows"]
    assert newest[1] == "editor"
    assert newest[2].startswith("name: Drill 500 W → Hammer drill")
    assert newest[2].endswith("…")
    assert oldest[2] == "name: Drill → Drill 500 W; retail price: - → 12.0000"


def test_what_nobody_has_edited_shows_no_edits(sign_in):
    for obj in (ProductFactory(), SourceFactory(), SourceFactory().supplier):
        assert edits(sign_in("Viewer").get(page_of(obj))) == []


def test_what_a_person_made_is_on_record(reviewer):
    reviewer.post(reverse("admin:catalog_product_add"), {"internal_sku": "P-1", "name": "Drill", "currency": ""})
    [section] = edits(reviewer.get(page_of(Product.objects.get())))
    assert [row[2] for row in section.table["rows"]] == ["created"]


def test_promotions_are_listed_by_person(sign_in):
    one, other = UserFactory(username="one"), UserFactory(username="other")
    for person in (one, other):
        lifecycle.promote(Product.objects.filter(pk=ProductFactory().pk), by=person)
    viewer, url = sign_in("Viewer"), reverse("admin:catalog_productstatuschange_changelist")
    found = viewer.get(url, {"by__id__exact": one.pk}).context["cl"].result_list
    assert [change.by for change in found] == [one]
    assert sign_in().get(url).status_code == 403
