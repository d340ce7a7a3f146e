"""Reads of links, named by meaning."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from catalog.linking.models import AbsorbedProduct, ClosedGate, ItemLink, MatchProposal, PairDecision  # noqa: F401


class LinkQuerySet(models.QuerySet["ItemLink"]):
    def in_force(self) -> Self:
        return self.filter(undone_at__isnull=True, replaced_by__isnull=True)

    def automatic(self) -> Self:
        """Made without a person."""
        return self.filter(method__in=self.model.AUTOMATIC)


class AbsorbedQuerySet(models.QuerySet["AbsorbedProduct"]):
    def in_force(self) -> Self:
        return self.filter(restored_at__isnull=True)

    def of_sku(self, internal_sku: str) -> AbsorbedProduct | None:
        """What this internal SKU was before its product became one with another."""
        return self.in_force().filter(internal_sku=internal_sku).select_related("product").first()

    def meant_by(self, codes: Iterable[str]) -> dict[str, str]:
        """Of which codes the products became one with others, and the internal SKUs of those."""
        found = self.filter(internal_sku__in=set(codes))
        own = self.model._meta.get_field("product").related_model._default_manager  # noqa: SLF001
        taken = own.filter(internal_sku=models.OuterRef("internal_sku"))
        return dict(found.filter(~models.Exists(taken)).values_list("internal_sku", "product__internal_sku"))

    def merges(self) -> Self:
        return self.filter(is_merge=True)


class DecisionQuerySet(models.QuerySet["PairDecision"]):
    def in_force(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


class ProposalQuerySet(models.QuerySet["MatchProposal"]):
    def awaiting_decision(self) -> Self:
        return self.filter(state="open")


class ClosedGateQuerySet(models.QuerySet["ClosedGate"]):
    def in_force(self) -> Self:
        return self.filter(opened_at__isnull=True)
