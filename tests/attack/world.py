"""A catalog in which each model has something to be attacked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import django_rq
from axes.models import AccessAttempt
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from rq.job import Job

from catalog.linking.merges import merge
from catalog.linking.models import ClosedGate, ItemLink, MatchingModel, MatchProposal
from catalog.models import Product, ProductStatusChange, SupplierItem
from ingestion.models import IgnoredCause, PreparedView
from ingestion.runs import queue
from suppliers.models import MappingProfile
from tests import factories as make

JOB = "attacked"
INSTEAD = {  # whose number stands in such an address
    "/prepared/": "preparedview",
    "heldchange/run/": "ingestionrun",
    "product/offer/": "supplieritem",
    "product/link/": "itemlink",
    "product/merge/": "absorbedproduct",
}
ROLES = ("", "Viewer", "Staff", "Reviewer", "Administrator")
SECRETS = (
    "secret-supplier-7f3a",
    "secret-item-7f3a",
    "secret-product-7f3a",
    "secret-list-7f3a.csv",
    "secret-user-7f3a",
)


def build() -> dict[str, Any]:
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
    numbers: dict[str, Any] = {str(each._meta.model_name): each.pk for each in made}
    numbers["heldchange"] = numbers["change"]
    numbers["draftproduct"] = make.ProductFactory(status="draft").pk
    numbers["matchproposal"] = MatchProposal.objects.create(
        item=make.SupplierItemFactory(supplier=supplier, product_id=numbers["draftproduct"]),
        product=product, score=0.7, rank=1, made_at=run.created_at,
    ).pk  # fmt: skip
    numbers["closedgate"] = ClosedGate.objects.create(supplier=supplier, right=1, wrong=2, closed_at=run.created_at).pk
    numbers["matchingmodel"] = MatchingModel.objects.create(content={}, decisions=1, trained_at=run.created_at).pk
    numbers |= links(item, product)
    numbers["group"] = Group.objects.get(name="Viewer").pk
    numbers["preparedview"] = PreparedView.objects.create(
        kind="error_workbook", key="attacked", price_list=price_list, run=run, asked_by=user, language="en",
        status="ready", asked_at=run.created_at, rung_at=run.created_at, expires_at=run.created_at + timedelta(days=1),
        result="{}", file=ContentFile(b"workbook", "secret.xlsx"), file_name="secret.xlsx",
    ).pk  # fmt: skip
    numbers["ignoredcause"] = ignored_cause(source.pk).pk
    numbers["mappingprofile"] = MappingProfile.objects.create(source=source, saved_at=run.created_at).pk
    numbers["accessattempt"] = access_attempt().pk
    numbers["contenttype"] = ContentType.objects.get_for_model(supplier).pk
    return numbers


def links(item: SupplierItem, product: Product) -> dict[str, int]:
    """How the item came to its product, and another product that became one with that."""
    link = ItemLink.objects.create(
        item=item, supplier_id=item.supplier_id, sku_key=item.sku_key, product=product, method="gate",
        took_draft=False, at=timezone.now(),
    )  # fmt: skip
    merged = merge(make.ProductFactory(), into=product, by=None)
    return {"itemlink": link.pk, "absorbedproduct": merged.pk}


def access_attempt() -> AccessAttempt:
    known = {"username": SECRETS[4], "ip_address": "192.0.2.1"}
    return AccessAttempt.objects.get_or_create(**known, defaults={"failures_since_start": 1})[0]


def ignored_cause(source: int) -> IgnoredCause:
    return IgnoredCause.objects.get_or_create(source_id=source, cause="No price", defaults={"at": timezone.now()})[0]


def keep_job() -> None:
    """One that has failed, for the pages of the queue."""
    high = django_rq.get_queue("high")
    job = Job.create(queue.INGEST, [{}], id=JOB, connection=high.connection, serializer=high.serializer, origin="high")
    job.save()
    high.failed_job_registry.add(job, ttl=-1)


def values_of(pattern: str, numbers: dict[str, Any]) -> dict[str, object]:
    """Ordinary values for the places of an address."""
    model = next((part for part in pattern.split("/") if part in numbers), "supplier")
    model = next((name for part, name in INSTEAD.items() if part in pattern), model)
    pk = numbers[model]
    return {
        "pk": pk,
        "id": pk,
        "object_id": pk,
        "content_type_id": numbers["contenttype"],
        "ignored": numbers["ignoredcause"],
        "profile": numbers["mappingprofile"],
        "proposal": numbers["matchproposal"],
        "job_id": JOB,
        "key": numbers.get("worker", "none"),
        "queue_index": 0,
        "scheduler_index": 0,
        "connection_index": 0,
        "app_label": "catalog",
        "kind": "csv",
        "verb": {"heldchange": "accept", "product": "archive"}.get(model, "accept"),
        "column": "product",
        "url": "nowhere",
    }


def query_of(name: str) -> str:
    """What an address needs besides, to show anything."""
    suppliers = {"app_label": "suppliers", "model_name": "pricelistsource", "field_name": "supplier", "term": "s"}
    needed = {
        "autocomplete": suppliers,
        "ingestion_ingestionrun_row": {"row": "2"},
        "ingestion_ingestionrun_errors": {"cause": "No price"},
        "search": {"s": "secret"},
    }
    return f"?{urlencode(needed[name])}" if name in needed else ""
