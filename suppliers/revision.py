"""How often a supplier's items were written: what was planned on one revision does not hold for another."""

from __future__ import annotations

from django.db.models import F

from suppliers.models import Supplier


def raise_revision(supplier_id: int | None) -> None:
    """Within the transaction that writes the items."""
    Supplier.objects.filter(pk=supplier_id or 0).update(revision=F("revision") + 1)
