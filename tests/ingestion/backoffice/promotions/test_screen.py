import pytest
from django.urls import reverse

from catalog import lifecycle
from catalog.models import Product, ProductStatusChange
from tests.factories import ProductFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:catalog_productstatuschange_changelist")


def promoted(name: str, by: str) -> Product:
    product = ProductFactory(name=name)
    lifecycle.promote(Product.objects.filter(pk=product.pk), by=UserFactory(username=by))
    return product


def test_shows_who_moved_what_and_where(sign_in):
    drill = promoted("Drill", "anna")
    page = sign_in("Viewer").get(LIST).content.decode()
    assert "anna" in page
    assert reverse("admin:catalog_product_change", args=[drill.pk]) in page


def test_finds_moves_by_the_name_of_the_product(sign_in):
    promoted("Drill", "anna")
    promoted("Paint", "boris")
    page = sign_in("Viewer").get(LIST, {"q": "drill"})
    assert [change.product.name for change in page.context["cl"].result_list] == ["Drill"]


def test_nobody_rewrites_what_was_done(sign_in):
    promoted("Drill", "anna")
    change, administrator = ProductStatusChange.objects.get(), sign_in("Administrator")
    assert administrator.get(reverse("admin:catalog_productstatuschange_add")).status_code == 403
    pages = [reverse(f"admin:catalog_productstatuschange_{verb}", args=[change.pk]) for verb in ("change", "delete")]
    assert [administrator.post(page, {"post": "yes"}).status_code for page in pages] == [403, 403]
    assert ProductStatusChange.objects.filter(pk=change.pk).exists()
