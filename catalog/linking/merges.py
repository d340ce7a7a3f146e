"""Two products become one, and two again; an offer becomes a product of its own.

The caller has checked who may do it, and holds the suppliers of the offers.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog import lifecycle, offers
from catalog.linking.links import BROUGHT_BACK, ONE_AT_A_TIME
from catalog.linking.models import AbsorbedProduct
from catalog.models import Product, SupplierItem

KEEP = """
INSERT INTO catalog_absorbedproduct (was_id, internal_sku, into_id, product_id, kept, offers, is_merge, by_id, at)
SELECT p.id, p.internal_sku, %(into)s, %(into)s, jsonb_build_object(
        'product', to_jsonb(p), 'gave_category', %(gave_category)s, 'status_changes', (
            SELECT coalesce(jsonb_agg(to_jsonb(c) ORDER BY c.id), '[]') FROM catalog_productstatuschange c
            WHERE c.product_id = p.id
        )),
    ARRAY(SELECT i.id FROM catalog_supplieritem i WHERE i.product_id = p.id ORDER BY i.id), true, %(by)s::bigint, %(at)s
FROM catalog_product p WHERE p.id = %(product)s RETURNING id
"""
# As a draft: to the status that it had, it is moved by its life cycle.
RESTORE = """
INSERT INTO catalog_product SELECT r.* FROM catalog_absorbedproduct a,
    jsonb_populate_record(NULL::catalog_product, a.kept -> 'product' || jsonb_build_object(
        'status', 'draft',
        'category_id', (
            SELECT c.id FROM catalog_category c WHERE c.id = (a.kept -> 'product' ->> 'category_id')::bigint
        )
    )) r WHERE a.id = %(absorbed)s;
INSERT INTO catalog_productstatuschange SELECT r.* FROM catalog_absorbedproduct a,
    jsonb_array_elements(a.kept -> 'status_changes') change, jsonb_populate_record(NULL::catalog_productstatuschange,
        change || jsonb_build_object('by_id', (
            SELECT u.id FROM auth_user u WHERE u.id = (change ->> 'by_id')::bigint
        ))) r
WHERE a.id = %(absorbed)s
"""
# What had become one with it before, itself or by way of others, is one with it again.
FOLLOW = """
WITH RECURSIVE own AS (
    SELECT a.id, a.was_id FROM catalog_absorbedproduct a WHERE a.into_id = %(was)s AND a.restored_at IS NULL
    UNION
    SELECT a.id, a.was_id FROM own JOIN catalog_absorbedproduct a ON a.into_id = own.was_id AND a.restored_at IS NULL
)
UPDATE catalog_absorbedproduct a SET product_id = %(was)s FROM own WHERE a.id = own.id
"""


class NotMergeable(Exception):
    """Why two products do not become one, or not two again; for people."""


@transaction.atomic
def merge(product: Product, *, into: Product, by: User | None, at: datetime | None = None) -> AbsorbedProduct:
    """Offers, category and internal SKU go to the other product. Raises NotMergeable where that cannot be."""
    at = at or timezone.now()
    product, into = locked(product.pk, into.pk)
    if into.status == Product.Status.ARCHIVED:
        raise NotMergeable(_("%s is archived: reactivate it first.") % into.internal_sku)
    absorbed = keep(product, into, by=by, at=at)
    SupplierItem.objects.filter(product=product.pk).update(product=into, updated_at=at)
    AbsorbedProduct.objects.filter(product=product.pk).update(product=into)
    remove(product, by=by, reason=_("Became one with %s.") % into.internal_sku)
    offers.refresh([into.pk])
    return absorbed


def locked(first: int, second: int) -> tuple[Product, Product]:
    if first == second:
        raise NotMergeable(_("A product is one with itself already."))
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
    found = Product.objects.select_for_update().order_by("pk").in_bulk([first, second])
    if len(found) < 2:
        raise NotMergeable(_("One of the products is not there any more."))
    return found[first], found[second]


def keep(product: Product, into: Product, *, by: User | None, at: datetime) -> AbsorbedProduct:
    gives = into.category_id is None and product.category_id is not None
    if gives:
        into.category_id = product.category_id
        save(into, ["category"], by=by, reason=_("The category of %s.") % product.internal_sku)
    named = {"product": product.pk, "into": into.pk, "gave_category": gives, "by": by.pk if by else None, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(KEEP, named)
        return AbsorbedProduct.objects.get(pk=cursor.fetchone()[0])


@transaction.atomic
def unmerge(absorbed: AbsorbedProduct, *, by: User | None, at: datetime | None = None) -> Product:
    """The product is there again, with what it had brought and what is still where it went.

    Raises NotMergeable where that is done already, or its internal SKU is another product's by now.
    """
    at = at or timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
    absorbed = AbsorbedProduct.objects.select_for_update().get(pk=absorbed.pk)
    into = Product.objects.select_for_update().get(pk=absorbed.product_id)
    refuse_unmerge(absorbed)
    with connection.cursor() as cursor:
        cursor.execute(RESTORE, {"absorbed": absorbed.pk})
    AbsorbedProduct.objects.filter(pk=absorbed.pk).update(restored_at=at, restored_by=by)
    with connection.cursor() as cursor:
        cursor.execute(FOLLOW, {"was": absorbed.was_id})
    product = put_back(absorbed, into, by=by, at=at)
    offers.refresh([product.pk, into.pk])
    return product


def refuse_unmerge(absorbed: AbsorbedProduct) -> None:
    if absorbed.restored_at is not None or not absorbed.is_merge:
        raise NotMergeable(_("%s is no product that was merged, or is there again already.") % absorbed.internal_sku)
    if Product.objects.filter(internal_sku=absorbed.internal_sku).exists():
        raise NotMergeable(_("The internal SKU %s is another product's by now.") % absorbed.internal_sku)


def put_back(absorbed: AbsorbedProduct, into: Product, *, by: User | None, at: datetime) -> Product:
    was = absorbed.kept["product"]
    if was["status"] != Product.Status.DRAFT:
        lifecycle.restore(absorbed.was_id, was["status"])
    product = Product.objects.get(pk=absorbed.was_id)
    reason = _("Is apart from %s again.") % into.internal_sku
    Product.history.bulk_history_create([product], default_user=by, default_change_reason=reason, default_date=at)
    if absorbed.kept["gave_category"] and into.category_id == was["category_id"]:
        into.category_id = None
        save(into, ["category"], by=by, reason=reason)
    with connection.cursor() as cursor:
        statement = BROUGHT_BACK.format(absorbed="%(absorbed)s", former="%(into)s")
        cursor.execute(statement, {"absorbed": absorbed.pk, "into": into.pk, "at": at})
    return product


def save(product: Product, fields: list[str], *, by: User | None, reason: str) -> None:
    told: Any = product
    told._history_user, told._change_reason = by, reason  # noqa: SLF001 - how django-simple-history is told
    product.save(update_fields=[*fields, "updated_at"])


def remove(product: Product, *, by: User | None, reason: str) -> None:
    told: Any = product
    told._history_user, told._change_reason = by, reason  # noqa: SLF001 - as above
    product.delete()
