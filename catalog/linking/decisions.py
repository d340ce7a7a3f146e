"""What people decide of an item and a product: each is kept, the last one that was not withdrawn holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from catalog.linking.audit import close_if_due
from catalog.linking.models import MatchProposal, PairDecision
from catalog.linking.querysets import DecisionQuerySet
from catalog.models import SupplierItem


@transaction.atomic
def decide(
    item: SupplierItem,
    product_id: int,
    verdict: str,
    *,
    by: User | None,
    score: float | None = None,
    features: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> PairDecision:
    """`verdict` is a `PairDecision.Verdict`. What was proposed of the pair says the score, where nothing else does."""
    at = at or timezone.now()
    proposals = MatchProposal.objects.filter(item=item, product=product_id)
    proposed = proposals.first()
    if proposed is not None and score is None:
        score, features = proposed.score, proposed.features
    of_pair(item, product_id).in_force().update(withdrawn_at=at, withdrawn_by=by)
    proposals.update(state=MatchProposal.State.DECIDED)
    made = PairDecision.objects.create(
        supplier_id=item.supplier_id,
        sku_key=item.sku_key,
        product_id=product_id,
        verdict=verdict,
        score=score,
        features=features,
        by=by,
        at=at,
    )
    if verdict == PairDecision.Verdict.DIFFERENT:
        close_if_due(item.supplier_id, at=at)
    return made


@transaction.atomic
def withdraw(
    item: SupplierItem, product_id: int, *, by: User | None, at: datetime | None = None, verdict: str = ""
) -> int:
    """The pair, where it has this verdict or any, is as before: what the decision had replaced holds again."""
    found = of_pair(item, product_id).in_force()
    if verdict:
        found = found.filter(verdict=verdict)
    moments = list(found.values_list("at", flat=True))
    count = found.update(withdrawn_at=at or timezone.now(), withdrawn_by=by)
    again = of_pair(item, product_id).filter(withdrawn_at__in=moments).order_by("-id")[:1]
    reinstated = PairDecision.objects.filter(pk__in=list(again.values_list("pk", flat=True)))
    if count and not reinstated.update(withdrawn_at=None, withdrawn_by=None):
        decided = MatchProposal.objects.filter(item=item, product=product_id, state=MatchProposal.State.DECIDED)
        decided.update(state=MatchProposal.State.OPEN)
    return count


def of_pair(item: SupplierItem, product_id: int) -> DecisionQuerySet:
    return PairDecision.objects.filter(supplier=item.supplier_id, sku_key=item.sku_key, product=product_id)
