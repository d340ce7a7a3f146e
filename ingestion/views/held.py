"""The prices that wait for a person, by run and likely cause."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Max, Min

from ingestion.models import Change


@dataclass(frozen=True)
class HeldGroup:
    """Held changes of one run with one likely cause; the changes in per cent are None between two currencies."""

    run_id: int
    supplier_name: str
    source_name: str | None
    cause: str
    count: int
    least: Decimal | None
    most: Decimal | None

    @property
    def cause_label(self) -> str:
        return str(Change.Cause(self.cause).label)


def held_groups(most: int) -> list[HeldGroup]:
    """The first of them, those of the newest run first."""
    found = (
        Change.objects.held()
        .order_by("-run_id", "cause")
        .values("run_id", "cause", supplier_name=F("run__supplier_name"), source_name=F("run__source__name"))
        .annotate(count=Count("pk"), least=Min("percent"), most=Max("percent"))
    )
    return [HeldGroup(**group) for group in found[:most]]
