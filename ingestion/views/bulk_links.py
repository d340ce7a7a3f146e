"""What it would mean to accept the likeliest product of every item of a scope: which links, and what speaks against."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from catalog.linking.models import MatchProposal
from catalog.models import SupplierItem
from catalog.money import are_far_apart
from ingestion.views.pairings import PairScope, likeliest

MOST_LINKED = 500  # at once: each takes some hundredths of a second
AS_GOOD_AS = 0.1  # of the score


class Planned(NamedTuple):
    """A link that would be made, and why somebody should look before."""

    proposal: MatchProposal
    is_close: bool  # another product is nearly as likely
    is_denied: bool  # a code, a number or the like contradicts
    is_priced_apart: bool


class BulkPlan(NamedTuple):
    links: list[Planned]
    left_out: list[MatchProposal]  # the supplier offers the product already, or would with a likelier item
    has_more: bool

    @property
    def mark(self) -> str:
        """Of the very same links: what was shown is what is done."""
        shown = ",".join(str(each.proposal.pk) for each in self.links)
        return hashlib.sha256(shown.encode()).hexdigest()


def plan_bulk(scope: PairScope) -> BulkPlan:
    """The likeliest first."""
    found = likeliest(scope).select_related("item__supplier", "product").order_by("-score", "item")
    some = list(found[: MOST_LINKED + 1])
    offered, links, left_out = offered_already(some), [], []
    seconds = second_scores(some)
    for proposal in some[:MOST_LINKED]:
        pair = (proposal.item.supplier_id, proposal.product_id)
        if pair in offered:
            left_out.append(proposal)
            continue
        offered.add(pair)
        links.append(planned(proposal, seconds.get(proposal.item_id, 0.0)))
    return BulkPlan(links, left_out, len(some) > MOST_LINKED)


def planned(proposal: MatchProposal, second: float) -> Planned:
    against = any(reason["weight"] < 0 and reason["code"].endswith("_conflict") for reason in proposal.reasons)
    return Planned(proposal, proposal.score - second < AS_GOOD_AS, against, is_priced_apart(proposal))


def is_priced_apart(proposal: MatchProposal) -> bool:
    item, product = proposal.item, proposal.product
    if not product.lowest_price or not item.unit_price or product.currency != item.currency:
        return False
    return are_far_apart(item.unit_price, product.lowest_price)


def offered_already(proposals: Sequence[MatchProposal]) -> set[tuple[int, int]]:
    """Which suppliers offer which of the products."""
    products = {proposal.product_id for proposal in proposals}
    found = SupplierItem.objects.filter(product__in=products).values_list("supplier", "product")
    return {(supplier, product) for supplier, product in found if product is not None}


def second_scores(proposals: Sequence[MatchProposal]) -> dict[int, float]:
    """By item: of what is next to its likeliest product."""
    best = {proposal.item_id: proposal.pk for proposal in proposals}
    others = MatchProposal.objects.awaiting_decision().filter(item__in=best).exclude(pk__in=best.values())
    scores: dict[int, float] = {}
    for item, score in others.values_list("item", "score"):
        scores[item] = max(score, scores.get(item, 0.0))
    return scores
