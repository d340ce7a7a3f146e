"""A catalog in which each model has something to be attacked."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType

from catalog.models import ProductStatusChange
from tests import factories as make

ROLES = ("", "Viewer", "Staff", "Reviewer", "Administrator")
SECRETS = (
    "secret-supplier-7f3a",
    "secret-item-7f3a",
    "secret-product-7f3a",
    "secret-list-7f3a.csv",
    "secret-user-7f3a",
)


def build() -> dict[str, int]:
    """Returns the numbers of the objects, by the name of their model."""
    supplier = make.SupplierFactory(name=SECRETS[0])
    source = make.SourceFactory(supplier=supplier, name="source-of-secrets")
    product = make.ProductFactory(name=SECRETS[2], category=make.CategoryFactory())
    item = make.SupplierItemFactory(supplier=supplier, product=product, source=source, name=SECRETS[1])
    price_list = make.PriceListFactory(source=source, original_name=SECRETS[3])
    run = make.RunFactory(source=source, price_list=price_list, status="success")
    move = ProductStatusChange.objects.create(
        product=product, from_status="draft", to_status="active", at=run.created_at
    )
    user = make.UserFactory(username=SECRETS[4])
    made = [
        *(supplier, source, product, item, price_list, run, move, user, product.category),
        make.PriceHistoryFactory(supplier_item=item),
        make.ParsingLogFactory(run=run),
        make.ChangeFactory(run=run, item=item, state="held", cause="decimal_sign"),
    ]
    numbers = {each._meta.model_name: each.pk for each in made}
    numbers["heldchange"] = numbers["change"]
    numbers["draftproduct"] = make.ProductFactory(status="draft").pk
    numbers["group"] = Group.objects.get(name="Viewer").pk
    numbers["contenttype"] = ContentType.objects.get_for_model(supplier).pk
    return numbers


def values_of(pattern: str, numbers: dict[str, int]) -> dict[str, object]:
    """Ordinary values for the places of an address."""
    model = next((part for part in pattern.split("/") if part in numbers), "supplier")
    pk = numbers[model]
    return {
        "pk": pk,
        "id": pk,
        "object_id": pk,
        "content_type_id": numbers["contenttype"],
        "ignored": 1,
        "profile": 1,
        "queue_index": 0,
        "scheduler_index": 0,
        "connection_index": 0,
        "app_label": "catalog",
        "kind": "csv",
        "verb": {"heldchange": "accept", "product": "archive"}.get(model, "accept"),
        "column": "product",
        "url": "nowhere",
    }
