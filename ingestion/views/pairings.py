"""Which item a person is asked about next, and what it may be: the most useful first.

That are the items whose likeliest product is nearly as likely as not. Among them stand, so that nobody knows which, a
tenth of the links that were made without a person: their answers say how far those are to be trusted.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db.models import Exists, F, Func, IntegerField, OuterRef, Prefetch, QuerySet
from django.db.models.functions import Abs
from django.utils import timezone

from catalog import matching
from catalog.linking.models import ItemLink, MatchProposal, PairDecision
from catalog.linking.records import record_of_item, record_of_product
from catalog.matching.explain import Reason
from catalog.models import Product, SupplierItem
from catalog.querysets import subtree
from ingestion.runs.supplier_lock import suppliers_at_work

AUDITED_SHARE = 10  # one of so many automatic links, and one of so many questions
COIN = 0.5
MOST_COUNTED = 10_000  # nobody needs to know whether 40,000 or 41,000 are left


@dataclass(frozen=True)
class PairScope:
    """Of whose items, of which category's products, how likely."""

    supplier: int | None = None
    category: int | None = None
    least: float | None = None
    most: float | None = None

    def narrows(self, prefix: str = "") -> dict[str, Any]:
        """As lookups of something with a score and a product, and with a supplier behind the prefix."""
        given = {
            f"{prefix}supplier": self.supplier,
            "product__category__in": None if self.category is None else subtree(self.category),
            "score__gte": self.least,
            "score__lte": self.most,
        }
        return {name: value for name, value in given.items() if value is not None}


class Option(NamedTuple):
    product: Product
    score: float | None
    reasons: tuple[Reason, ...]


class Pairing(NamedTuple):
    """An item, and the products that it may be, the likeliest first."""

    item: SupplierItem
    options: tuple[Option, ...]


class Progress(NamedTuple):
    """Items that the person decided today, and that are left of a scope, up to one more than MOST_COUNTED."""

    decided: int
    left: int


def likeliest(scope: PairScope) -> QuerySet[MatchProposal]:
    """The best open proposal of each item."""
    is_open = MatchProposal.objects.awaiting_decision()
    better = is_open.filter(item=OuterRef("item"), rank__lt=OuterRef("rank"))
    return is_open.filter(~Exists(better), **scope.narrows("item__"))


def to_audit(scope: PairScope) -> QuerySet[ItemLink]:
    """A tenth of the links that were made without a person and that nobody has looked at, taken by chance."""
    looked_at = PairDecision.objects.in_force().filter(
        supplier=OuterRef("supplier"), sku_key=OuterRef("sku_key"), product=OuterRef("product")
    )
    by_chance = Func(F("pk"), function="hashint8", output_field=IntegerField())
    found = ItemLink.objects.in_force().automatic().annotate(chance=by_chance % AUDITED_SHARE).filter(chance=0)
    return found.filter(~Exists(looked_at), item__product=F("product"), **scope.narrows()).order_by("-pk")


def progress(scope: PairScope, *, by: User) -> Progress:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    today = PairDecision.objects.in_force().filter(by=by, at__gte=midnight)
    decided = today.values("supplier", "sku_key").distinct().count()
    return Progress(decided, likeliest(scope).order_by()[: MOST_COUNTED + 1].count())


def next_pairings(
    scope: PairScope, *, by: User, count: int, decided: int, first: int | None = None, known: int | None = None
) -> list[Pairing]:
    """So many of them, in the order in which they are asked.

    `first` is the item that somebody wants to see now, `known` one that they see already: what comes behind it.
    """
    wanted = [] if first is None else [first]
    ahead = count if known is None else count + 1
    wanted += [item for item in queue(scope, by=by, count=ahead, decided=decided) if item not in (first, known)]
    found = (pairing_of(item) for item in wanted)
    return list(islice((pairing for pairing in found if pairing is not None), count))


def queue(scope: PairScope, *, by: User, count: int, decided: int) -> Iterator[int]:
    """The numbers of the items: which turn is an audit is decided by lot, the same for each look at it."""
    at_work = suppliers_at_work()
    doubtful = iter(uncertain_items(scope, count, at_work))
    audits = to_audit(scope).exclude(supplier__in=at_work).values_list("item", flat=True)[:count]
    audited, today = iter(audits), timezone.localdate()
    for turn in range(decided, decided + count):
        is_audit = zlib.crc32(f"{by.pk} {today} {turn}".encode()) % AUDITED_SHARE == 0
        sources = (audited, doubtful) if is_audit else (doubtful, audited)
        item = next(sources[0], None) or next(sources[1], None)
        if item is not None:
            yield item


def uncertain_items(scope: PairScope, count: int, at_work: Collection[int]) -> list[int]:
    """Those whose likeliest product is as likely as not come first."""
    found = likeliest(scope).exclude(item__supplier__in=at_work)
    if scope.supplier is None and scope.category is None:
        return nearest_of_all(found, count)
    by_distance = found.annotate(distance=Abs(F("score") - COIN)).order_by("distance", "item")
    return list(by_distance.values_list("item", flat=True)[:count])


def nearest_of_all(found: QuerySet[MatchProposal], count: int) -> list[int]:
    """The same for very many: the index of scores is read from the middle in both directions."""
    above = found.filter(score__gte=COIN).order_by("score", "item").values_list("score", "item")[:count]
    below = found.filter(score__lt=COIN).order_by("-score", "-item").values_list("score", "item")[:count]
    nearest = sorted((abs(score - COIN), item) for score, item in (*above, *below))
    return [item for _distance, item in nearest[:count]]


def pairing_of(item_id: int) -> Pairing | None:
    """Nothing where nothing is to be decided of it."""
    item = SupplierItem.objects.with_net_unit_price().select_related("supplier").filter(pk=item_id).first()
    if item is None:
        return None
    offers = SupplierItem.objects.with_net_unit_price().exclude(pk=item_id).select_related("supplier").order_by("pk")
    products = Product.objects.select_related("category__parent").prefetch_related(Prefetch("offers", offers))
    proposals = MatchProposal.objects.awaiting_decision().filter(item=item).order_by("rank")
    proposed = list(proposals.prefetch_related(Prefetch("product", products)))
    if proposed:
        return Pairing(item, tuple(map(option_of, proposed)))
    linked = ItemLink.objects.in_force().automatic().filter(item=item, product=item.product_id).first()
    return Pairing(item, (compared(item, products.get(pk=linked.product_id)),)) if linked else None


def option_of(proposal: MatchProposal) -> Option:
    return Option(proposal.product, proposal.score, tuple(Reason(**reason) for reason in proposal.reasons))


def compared(item: SupplierItem, product: Product) -> Option:
    """A link as it would have been proposed: by the product without this item."""
    [found] = matching.match([record_of_item(item)], [record_of_product(product)])
    return Option(product, found.links[0].score, found.links[0].reasons) if found.links else Option(product, None, ())
