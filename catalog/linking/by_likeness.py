"""What keys leave: items in their own drafts are compared with the products of the catalog (`catalog.matching`).

What passes the identity gate is linked, what is likely is proposed to people, and so are the products that share a key
with an item; what they have decided, or taken back, does not come again. Products that the supplier offers already are
none that another of its items may be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from catalog import matching
from catalog.linking.audit import closed_gate, proven_score
from catalog.linking.keys import SharedKey, shared_keys
from catalog.linking.links import Pair, link_pairs
from catalog.linking.models import MOST_PROPOSED, AbsorbedProduct, ItemLink, MatchProposal, PairDecision
from catalog.linking.records import record_of_item
from catalog.linking.scope import OF_SCOPE, ItemScope
from catalog.linking.vectors import index_beside
from catalog.linking.versions import model_in_use
from catalog.models import Product, SupplierItem

AT_ONCE = 2000  # items, whose links are stored together
OWN_DRAFTS = """
SELECT d.item_id FROM catalog_owndraft d JOIN catalog_supplieritem i ON i.id = d.item_id
WHERE {of_scope} AND i.missing_since IS NULL ORDER BY d.item_id
""".replace("{of_scope}", OF_SCOPE)
STILL_OWN = "SELECT item_id FROM catalog_owndraft WHERE item_id = ANY(%s)"
DRAFTS = "SELECT product_id FROM catalog_owndraft WHERE product_id = ANY(%s)"
KEY_WEIGHT = 9.0  # as `catalog.matching` says of a key

Held = Callable[[], AbstractContextManager[Any]]


class Proposed(NamedTuple):
    linked: Mapping[str, int]  # by method
    items: int  # for which products were proposed
    left: int  # without a likely product


@dataclass(frozen=True)
class Gate:
    """What may be linked without a person now: of a supplier whose gate is closed nothing."""

    is_closed: bool
    least_score: float | None  # that links by itself

    @classmethod
    def of(cls, supplier_id: int) -> Gate:
        return cls(closed_gate(supplier_id) is not None, proven_score(supplier_id))

    def method(self, link: matching.Link) -> ItemLink.Method | None:
        """What an equal key alone says is left to `keys.py`, which knows the whole catalog."""
        if self.is_closed:
            return None
        if link.decision == "automatic" and not any(reason.code == "key" for reason in link.reasons):
            return ItemLink.Method.GATE
        is_proven = self.least_score is not None and link.score >= self.least_score
        return ItemLink.Method.SCORE if is_proven else None


def match_by_likeness(
    scope: ItemScope, *, by: User | None, at: datetime | None = None, held: Held = transaction.atomic
) -> Proposed:
    """After the keys. What is found is stored in blocks, each while it is `held`: in a transaction, the supplier held.

    What was looked at before may have changed since: so that is asked again there.
    """
    at, items = at or timezone.now(), own_drafts(scope)
    linked: dict[str, int] = {}
    proposed = left = 0
    if not items:
        return Proposed(linked, proposed, left)
    shared, model = shared_keys(scope), model_in_use()
    index = index_beside(scope.supplier_id)
    found = matching.match(map(record_of_item, items), index, model)
    for start in range(0, len(items), AT_ONCE):
        some = items[start : start + AT_ONCE]
        matches = list(islice(found, len(some)))
        with held():
            made = _Taking(scope.supplier_id, some, matches, shared).take(by=by, at=at)
        linked = {method: linked.get(method, 0) + made.linked.get(method, 0) for method in {*linked, *made.linked}}
        proposed, left = proposed + made.items, left + made.left
    return Proposed(linked, proposed, left)


class _Taking:
    """What was found of some items becomes links and proposals."""

    def __init__(
        self,
        supplier_id: int,
        items: list[SupplierItem],
        found: Iterable[matching.Matches],
        shared: Mapping[int, list[SharedKey]],
    ) -> None:
        still = _ids(STILL_OWN, [item.pk for item in items])
        self._found = [(item, each) for item, each in zip(items, found, strict=True) if item.pk in still]
        self._shared = {item.pk: shared.get(item.pk, []) for item, _ in self._found}
        self._gate = Gate.of(supplier_id)
        self._open = OpenPairs(supplier_id, self._products())

    def _products(self) -> set[int]:
        likely = {int(link.right_id) for _, matches in self._found for link in likely_of(matches)}
        return likely | {each.product_id for keys in self._shared.values() for each in keys}

    def take(self, *, by: User | None, at: datetime) -> Proposed:
        """Of two items that are the same product, the likelier one is linked: the supplier offers it once."""
        pairs: dict[int, Pair] = {}
        proposals: list[MatchProposal] = []
        for item, matches in self._found:
            likely = [link for link in likely_of(matches) if self._open.holds(item, int(link.right_id))]
            shared = [key for key in self._shared[item.pk] if self._open.holds(item, key.product_id)]
            method = self._gate.method(likely[0]) if likely and not shared else None
            best = pair_of(item, likely[0], method) if method else None
            rival = pairs.get(best.product_id) if best else None
            if best and (rival is None or (best.score or 0) > (rival.score or 0)):
                pairs[best.product_id] = best
            else:
                proposals += _proposals(item, with_keys(shared, likely), at)
        return self._stored(pairs.values(), proposals, by=by, at=at)

    def _stored(
        self, pairs: Iterable[Pair], proposals: list[MatchProposal], *, by: User | None, at: datetime
    ) -> Proposed:
        items = [item.pk for item, _ in self._found]
        linked = link_pairs(pairs, by=by, at=at)
        MatchProposal.objects.awaiting_decision().filter(item__in=items).delete()
        MatchProposal.objects.bulk_create(proposals, ignore_conflicts=True)
        count = len({proposal.item_id for proposal in proposals})
        return Proposed(linked, count, len(items) - sum(linked.values()) - count)


def likely_of(matches: matching.Matches) -> list[matching.Link]:
    return [link for link in matches.links if link.decision != "reject"]


def pair_of(item: SupplierItem, link: matching.Link, method: ItemLink.Method) -> Pair:
    return Pair(item.pk, int(link.right_id), method, link.score, dict(link.features))


def with_keys(shared: Iterable[SharedKey], likely: Iterable[matching.Link]) -> list[matching.Link]:
    """What has the same key stands first, however it looks."""
    found = {link.right_id: link for link in likely}
    first: dict[str, matching.Link] = {}
    for product_id, key in shared:
        link = first.get(str(product_id)) or found.get(str(product_id))
        link = link or matching.Link(str(product_id), matching.THRESHOLD, "propose", (), {})
        reasons = [reason for reason in link.reasons if reason.code != "key"]
        first[link.right_id] = link._replace(reasons=(matching.Reason("key", {"key": key}, KEY_WEIGHT), *reasons))
    return [*first.values(), *(link for link in found.values() if link.right_id not in first)]


def _proposals(item: SupplierItem, links: list[matching.Link], at: datetime) -> Iterator[MatchProposal]:
    for rank, link in enumerate(links[:MOST_PROPOSED], start=1):
        yield MatchProposal(
            item=item,
            product_id=int(link.right_id),
            score=link.score,
            rank=rank,
            reasons=[{**reason._asdict(), "params": dict(reason.params)} for reason in link.reasons],
            features=dict(link.features),
            made_at=at,
        )


class OpenPairs:
    """Which pairs of a supplier's items and some products are to be looked at."""

    def __init__(self, supplier_id: int, product_ids: Iterable[int]) -> None:
        products = list(product_ids)
        self._settled, self._drafts = settled_pairs(supplier_id), _ids(DRAFTS, products)
        there = Product.objects.exclude(status=Product.Status.ARCHIVED).filter(pk__in=products)
        own = SupplierItem.objects.filter(supplier=supplier_id, product__in=products)
        self._free = {*there.values_list("pk", flat=True)} - {*own.values_list("product", flat=True)}

    def holds(self, item: SupplierItem, product_id: int) -> bool:
        """Of two drafts the younger one may become one with the older."""
        is_younger_draft = product_id in self._drafts and product_id > (item.product_id or 0)
        is_settled = (item.sku_key, product_id) in self._settled
        return product_id in self._free and not is_younger_draft and not is_settled


def _ids(query: str, ids: list[int]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(query, [ids])
        return {pk for (pk,) in cursor.fetchall()}


def own_drafts(scope: ItemScope) -> list[SupplierItem]:
    """The items whose product is a draft that only they made and nobody has touched."""
    with connection.cursor() as cursor:
        cursor.execute(OWN_DRAFTS, scope.params())
        ids = [pk for (pk,) in cursor.fetchall()]
    return list(SupplierItem.objects.filter(pk__in=ids).order_by("pk"))


def settled_pairs(supplier_id: int) -> set[tuple[str, int]]:
    """Keys of codes, and products, of pairs that were decided not to be one, or whose link a person took back."""
    decided = PairDecision.objects.in_force().filter(supplier=supplier_id).exclude(verdict=PairDecision.Verdict.SAME)
    undone = ItemLink.objects.filter(supplier=supplier_id, undone_at__isnull=False, undone_by_run_id__isnull=True)
    pairs = {*decided.values_list("sku_key", "product"), *undone.values_list("sku_key", "product")}
    absorbed = AbsorbedProduct.objects.in_force().filter(was_id__in={product for _, product in pairs})
    now = dict(absorbed.values_list("was_id", "product"))
    return {(key, now.get(product, product)) for key, product in pairs}
