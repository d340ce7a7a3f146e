"""What keys leave: items in their own drafts are compared with the products of the catalog (`catalog.matching`).

What passes the identity gate is linked, what is likely is proposed to people; what they have decided, or taken back,
does not come again. Products that the supplier offers already are none that another of its items may be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from catalog.linking.links import Pair, link_pairs
from catalog.linking.models import MOST_PROPOSED, AbsorbedProduct, ItemLink, MatchProposal, PairDecision
from catalog.matching import Index, Link, Matches, Record, match
from catalog.models import Product, SupplierItem

AT_ONCE = 2000  # items: the features of all their pairs are held
DRAFTS = "SELECT product_id FROM catalog_owndraft"
OWN_DRAFTS = "SELECT d.item_id FROM catalog_owndraft d JOIN catalog_supplieritem i ON i.id = d.item_id"
OF_SUPPLIER = f"{OWN_DRAFTS} WHERE i.supplier_id = %s AND i.missing_since IS NULL ORDER BY d.item_id"


class Proposed(NamedTuple):
    linked: int
    items: int  # for which products were proposed
    left: int  # without a likely product


def match_by_likeness(supplier_id: int, *, by: User | None, at: datetime | None = None) -> Proposed:
    """After the keys. The caller holds the supplier, in a transaction."""
    at, made, items = at or timezone.now(), Proposed(0, 0, 0), own_drafts(supplier_id)
    if not items:
        return made
    index, open_pairs = Index.build(map(record_of_product, others_products(supplier_id))), OpenPairs(supplier_id)
    for start in range(0, len(items), AT_ONCE):
        some = items[start : start + AT_ONCE]
        matches = match(map(record_of_item, some), index) if len(index) else ()
        linked, proposed = _taken(zip(some, matches, strict=False), open_pairs, by=by, at=at)
        made = Proposed(made.linked + linked, made.items + proposed, made.left + len(some) - linked - proposed)
    return made


class OpenPairs:
    """Which pairs of a supplier's items and products are to be looked at."""

    def __init__(self, supplier_id: int) -> None:
        self._settled = settled_pairs(supplier_id)
        with connection.cursor() as cursor:
            cursor.execute(DRAFTS)
            self._drafts = {pk for (pk,) in cursor.fetchall()}

    def holds(self, item: SupplierItem, product_id: int) -> bool:
        """Of two drafts the younger one may become one with the older."""
        is_younger_draft = product_id in self._drafts and product_id > (item.product_id or 0)
        return not is_younger_draft and (item.sku_key, product_id) not in self._settled


def _taken(
    found: Iterable[tuple[SupplierItem, Matches]], open_pairs: OpenPairs, *, by: User | None, at: datetime
) -> tuple[int, int]:
    """How many items were linked, and for how many a product was proposed."""
    items: list[SupplierItem] = []
    pairs: list[Pair] = []
    proposals: list[MatchProposal] = []
    for item, matches in found:
        items.append(item)
        links = (link for link in matches.links if link.decision != "reject")
        likely = [link for link in links if open_pairs.holds(item, int(link.right_id))]
        if likely and is_by_gate(likely[0]):
            best = likely[0]
            pairs.append(Pair(item.pk, int(best.right_id), ItemLink.Method.GATE, best.score, dict(best.features)))
        else:
            proposals += _proposals(item, likely[:MOST_PROPOSED], at)
    linked = sum(link_pairs(pairs, by=by, at=at).values())
    MatchProposal.objects.awaiting_decision().filter(item__in=items).delete()
    MatchProposal.objects.bulk_create(proposals, ignore_conflicts=True)
    return linked, len({proposal.item_id for proposal in proposals})


def is_by_gate(link: Link) -> bool:
    """What an equal key alone says is left to `keys.py`, which knows the whole catalog."""
    return link.decision == "automatic" and not any(reason.code == "key" for reason in link.reasons)


def _proposals(item: SupplierItem, links: Iterable[Link], at: datetime) -> Iterator[MatchProposal]:
    for rank, link in enumerate(links, start=1):
        yield MatchProposal(
            item=item,
            product_id=int(link.right_id),
            score=link.score,
            rank=rank,
            reasons=[{**reason._asdict(), "params": dict(reason.params)} for reason in link.reasons],
            features=dict(link.features),
            made_at=at,
        )


def own_drafts(supplier_id: int) -> list[SupplierItem]:
    """The items whose product is a draft that only they made and nobody has touched."""
    with connection.cursor() as cursor:
        cursor.execute(OF_SUPPLIER, [supplier_id])
        ids = [pk for (pk,) in cursor.fetchall()]
    return list(SupplierItem.objects.filter(pk__in=ids).order_by("pk"))


def others_products(supplier_id: int) -> QuerySet[Product]:
    """What the supplier does not offer, archived products aside."""
    offered = SupplierItem.objects.filter(supplier=supplier_id, product__isnull=False).values("product")
    found = Product.objects.exclude(status=Product.Status.ARCHIVED).exclude(pk__in=offered)
    return found.prefetch_related("offers").order_by("pk")


def settled_pairs(supplier_id: int) -> set[tuple[str, int]]:
    """Keys of codes, and products, of pairs that were decided not to be one, or whose link a person took back."""
    decided = PairDecision.objects.in_force().filter(supplier=supplier_id).exclude(verdict=PairDecision.Verdict.SAME)
    undone = ItemLink.objects.filter(supplier=supplier_id, undone_at__isnull=False, undone_by_run_id__isnull=True)
    pairs = {*decided.values_list("sku_key", "product"), *undone.values_list("sku_key", "product")}
    now = dict(AbsorbedProduct.objects.in_force().values_list("was_id", "product"))
    return {(key, now.get(product, product)) for key, product in pairs}


def record_of_item(item: SupplierItem) -> Record:
    return Record(
        str(item.pk),
        item.name,
        brand=item.brand,
        mpn=item.mpn,
        barcode=item.barcode,
        price=item.unit_price,
        currency=item.currency,
        characteristics=item.characteristics,
        code=None if item.sku_is_derived else item.supplier_sku,
        unit=item.unit,
        pack_size=item.pack_size,
    )


def record_of_product(product: Product) -> Record:
    """By its own name, and what its first offer says."""
    first = min(product.offers.all(), key=lambda offer: offer.pk, default=None)
    if first is None:
        return Record(str(product.pk), product.name)
    return replace(record_of_item(first), id=str(product.pk), name=product.name)
