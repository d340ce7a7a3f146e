"""What people decide of items and products: the same, different, one product instead of two, an offer of its own.

Each can be undone, alone. Raises SupplierBusy while a list of a supplier concerned goes in, NotLinkable or NotMergeable
(for people) where something stands in the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.linking import merges
from catalog.linking.audit import close_if_due
from catalog.linking.decisions import decide, withdraw
from catalog.linking.links import Pair, link_pairs, take_back
from catalog.linking.models import AbsorbedProduct, ItemLink, PairDecision
from catalog.models import Product, SupplierItem
from ingestion.runs.supplier_lock import work_on

NEXT_PRODUCT = "SELECT nextval(pg_get_serial_sequence('catalog_product', 'id'))"
IS_OWN_DRAFT = "SELECT EXISTS (SELECT FROM catalog_owndraft WHERE item_id = %s)"


class NotLinkable(Exception):
    """Why an item is not linked, or a link not undone; for people."""


class DraftTouched(NotLinkable):
    """Somebody has worked on the draft that the item would leave empty: it is to be merged, or left as it is."""


def link_item(
    item: SupplierItem, product: Product, *, by: User | None, leave_draft: bool = False, at: datetime | None = None
) -> ItemLink:
    """The item is an offer of the product. Its own draft becomes one with it, unless somebody has worked on that.

    Raises DraftTouched then, unless told to leave the draft, without an offer, as it is.
    """
    at = at or timezone.now()
    with holding([item.supplier_id]), transaction.atomic():
        item = SupplierItem.objects.select_for_update().get(pk=item.pk)
        refuse_link(item, product, leave_draft=leave_draft)
        decide(item, product.pk, PairDecision.Verdict.SAME, by=by, at=at)
        link_pairs([Pair(item.pk, product.pk, ItemLink.Method.PERSON)], by=by, at=at, automatic=False)
        return ItemLink.objects.in_force().get(item=item)


def refuse_link(item: SupplierItem, product: Product, *, leave_draft: bool) -> None:
    if item.product_id == product.pk:
        raise NotLinkable(_("It is an offer of this product already."))
    if not Product.objects.filter(pk=product.pk).exists():
        raise NotLinkable(_("The product is not there any more."))
    draft = Product.objects.awaiting_review().filter(pk=item.product_id or 0).first()
    if draft is None or leave_draft or is_own_draft(item) or draft.offers.exclude(pk=item.pk).exists():
        return
    text = _("Somebody has worked on the draft %s: merge the products, or leave the draft as it is.")
    raise DraftTouched(text % draft.internal_sku)


def is_own_draft(item: SupplierItem) -> bool:
    """Whether nobody has touched the product that the item's list made of it alone."""
    with connection.cursor() as cursor:
        cursor.execute(IS_OWN_DRAFT, [item.pk])
        return bool(cursor.fetchone()[0])


def mark_different(
    item: SupplierItem, product: Product, *, by: User | None, at: datetime | None = None
) -> PairDecision:
    """The pair is never proposed again. Of an offer of the product, the link is to be undone, or it is taken out."""
    return decide_unlinked(item, product, PairDecision.Verdict.DIFFERENT, by=by, at=at)


def mark_unsure(item: SupplierItem, product: Product, *, by: User | None, at: datetime | None = None) -> PairDecision:
    return decide_unlinked(item, product, PairDecision.Verdict.UNSURE, by=by, at=at)


@transaction.atomic
def decide_unlinked(
    item: SupplierItem, product: Product, verdict: str, *, by: User | None, at: datetime | None = None
) -> PairDecision:
    """Whoever links the item meanwhile is waited for, and then it is an offer of the product."""
    now = SupplierItem.objects.select_for_update().filter(pk=item.pk).first()
    if now is not None and now.product_id == product.pk:
        raise NotLinkable(_("It is an offer of this product: undo the link, or take it out."))
    return decide(item, product.pk, verdict, by=by, at=at)


@transaction.atomic
def undo_decision(decision: PairDecision, *, by: User | None, at: datetime | None = None) -> None:
    """Of what was not linked: that it was the same is undone with its link."""
    item = SupplierItem.objects.filter(supplier=decision.supplier_id, sku_key=decision.sku_key).first()
    if item is not None:
        withdraw(item, decision.product_id, by=by, at=at)
        return
    left = PairDecision.objects.in_force().filter(pk=decision.pk)
    left.update(withdrawn_at=at or timezone.now(), withdrawn_by=by)


def split_offer(item: SupplierItem, *, by: User | None, at: datetime | None = None) -> ItemLink:
    """The item becomes a product of its own, a draft; it is not the one that it was an offer of."""
    at = at or timezone.now()
    with holding([item.supplier_id]), transaction.atomic():
        item = SupplierItem.objects.select_for_update().get(pk=item.pk)
        former = item.product
        if former is None or not former.offers.exclude(pk=item.pk).exists():
            raise NotLinkable(_("It is a product of its own already."))
        own = own_product(item, former, by=by)
        decide(item, former.pk, PairDecision.Verdict.DIFFERENT, by=by, at=at)
        link_pairs([Pair(item.pk, own.pk, ItemLink.Method.SPLIT)], by=by, at=at, automatic=False)
        return ItemLink.objects.in_force().get(item=item)


def own_product(item: SupplierItem, former: Product, *, by: User | None) -> Product:
    with connection.cursor() as cursor:
        cursor.execute(NEXT_PRODUCT)
        number = cursor.fetchone()[0]
    code = f"P-{number:08d}"
    taken = AbsorbedProduct.objects.in_force().filter(internal_sku=code).exists()
    taken = taken or Product.objects.filter(internal_sku=code).exists()
    product = Product(
        pk=number,
        internal_sku=f"{code}-{item.pk}" if taken else code,
        name=item.name,
        category=former.category,
        currency=item.currency,
    )
    told: Any = product
    told._history_user = by  # noqa: SLF001 - how django-simple-history is told
    product.save(force_insert=True)
    return product


def take_link_back(link: ItemLink, *, by: User | None, at: datetime | None = None) -> None:
    """The item is where it was before, a draft that the link took is there again, and what was decided is withdrawn."""
    at = at or timezone.now()
    with holding([link.supplier_id]), transaction.atomic():
        taken = take_back([link], by=by, at=at)
        if not taken.done:
            raise NotLinkable(why_it_stays(taken.obstacles.get(link.pk, "gone")))
        item = SupplierItem.objects.get(pk=link.item_id)
        if link.method == ItemLink.Method.SPLIT:
            withdraw_split(item, link, by=by, at=at)
        else:
            withdraw(item, link.product_id, by=by, at=at, verdict=PairDecision.Verdict.SAME)
        close_if_due(link.supplier_id, at=at)
        remove_splits({link.product_id, link.from_product_id}, by=by)


def why_it_stays(obstacle: str) -> str:
    reasons = {
        "undone": _("The link is undone already."),
        "replaced": _("The item was linked otherwise since: undo that first."),
        "gone": _("The item, or the product that it was before, is not there any more."),
        "moved": _("Somebody has given the item another product since."),
        "taken": _("The internal SKU of the draft is another product's by now."),
    }
    return reasons[obstacle]


def withdraw_split(item: SupplierItem, link: ItemLink, *, by: User | None, at: datetime) -> None:
    """Said was it of the product that it left, whatever became one with that before."""
    said = PairDecision.objects.in_force().filter(
        supplier=item.supplier_id, sku_key=item.sku_key, verdict=PairDecision.Verdict.DIFFERENT, at=link.at
    )
    for product in list(said.values_list("product", flat=True)):
        withdraw(item, product, by=by, at=at, verdict=PairDecision.Verdict.DIFFERENT)


def remove_splits(product_ids: Iterable[int | None], *, by: User | None) -> None:
    """Products that splits had made go with these, once nothing leads to them and nothing has become of them."""
    ended = ItemLink.objects.filter(method=ItemLink.Method.SPLIT, undone_at__isnull=False, product__in=product_ids)
    lead = ItemLink.objects.filter(undone_at__isnull=True)
    for product_id in set(ended.values_list("product", flat=True)):
        made = Product.objects.awaiting_review().filter(pk=product_id, offers=None, status_changes=None).first()
        edited = Product.history.filter(id=product_id, history_type="~").exists()
        leads = lead.filter(Q(product=product_id) | Q(from_product_id=product_id)).exists()
        if made is not None and not edited and not leads and not made.absorbed.in_force().exists():
            merges.remove(made, by=by, reason=_("The offer that was taken out is back."))


def merge_products(product: Product, *, into: Product, by: User | None, at: datetime | None = None) -> AbsorbedProduct:
    """Two products become one; the internal SKU of the first goes on meaning it."""
    with holding(suppliers_of(product.pk, into.pk)):
        return merges.merge(product, into=into, by=by, at=at)


def undo_merge(absorbed: AbsorbedProduct, *, by: User | None, at: datetime | None = None) -> Product:
    """Both are there again. What was an offer of the first, and is still where it went, goes back."""
    with holding(suppliers_of(absorbed.product_id)), transaction.atomic():
        product = merges.unmerge(absorbed, by=by, at=at)
        remove_splits({absorbed.was_id, absorbed.into_id}, by=by)
    return product


def suppliers_of(*product_ids: int) -> set[int]:
    return set(SupplierItem.objects.filter(product__in=product_ids).values_list("supplier", flat=True))


@contextmanager
def holding(supplier_ids: Iterable[int]) -> Iterator[None]:
    """No list of these suppliers goes in meanwhile."""
    with ExitStack() as held:
        for pk in sorted(supplier_ids):
            held.enter_context(work_on(pk))
        yield
