import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse

from tests.factories import (
    CategoryFactory,
    ParsingLogFactory,
    PriceHistoryFactory,
    PriceListFactory,
    ProductFactory,
    SupplierItemFactory,
)

pytestmark = pytest.mark.django_db


def permissions(role):
    return set(Group.objects.get(name=role).permissions.values_list("codename", flat=True))


def test_each_role_may_what_the_one_before_may_and_more():
    viewer, staff, reviewer, administrator = map(permissions, ("Viewer", "Staff", "Reviewer", "Administrator"))
    assert viewer < staff < reviewer < administrator
    assert all(name.startswith("view_") for name in viewer)
    assert staff - viewer >= {"start_ingestionrun", "add_supplier", "change_pricelistsource"}
    assert reviewer - staff == {
        "promote_product",
        "archive_product",
        "decide_change",
        "decide_link",
        "undo_ingestionrun",
    }
    assert administrator >= {"change_user", "delete_supplier", "admin"}


def test_the_migration_goes_back_and_forth():
    call_command("migrate", "ingestion", "0001", verbosity=0)
    assert not Group.objects.exists()
    call_command("migrate", "ingestion", verbosity=0)
    assert permissions("Reviewer") > permissions("Staff")


PAGES = [
    "suppliers_supplier",
    "suppliers_pricelistsource",
    "ingestion_ingestionrun",
    "ingestion_pricelist",
    "ingestion_parsinglog",
    "catalog_draftproduct",
    "catalog_product",
    "catalog_supplieritem",
    "catalog_category",
    "catalog_pricehistory",
]


@pytest.mark.parametrize("page", PAGES)
def test_lists_are_open_to_roles_and_closed_to_others(sign_in, page):
    url = reverse(f"admin:{page}_changelist")
    for role in ("Viewer", "Staff", "Reviewer", "Administrator"):
        assert sign_in(role).get(url).status_code == 200
    assert sign_in().get(url).status_code == 403


def test_every_page_opens_for_a_viewer_and_offers_nothing_to_save(sign_in):
    log = ParsingLogFactory()
    price = PriceHistoryFactory(supplier_item=SupplierItemFactory(product=ProductFactory(category=CategoryFactory())))
    product = price.supplier_item.product
    seen = [
        log.supplier,
        log.run.source,
        log.run,
        PriceListFactory(),
        log,
        product,
        price.supplier_item,
        product.category,
    ]
    viewer = sign_in("Viewer")
    for each in seen:
        page = viewer.get(reverse(f"admin:{each._meta.app_label}_{each._meta.model_name}_change", args=[each.pk]))
        assert page.status_code == 200
        assert 'name="_save"' not in page.content.decode()
