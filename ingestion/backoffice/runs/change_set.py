"""The change-set of a run on its page: buckets with counts, the price changes as a histogram, the biggest movers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ingestion.backoffice.changes import cells
from ingestion.backoffice.kit.rows import row_link
from ingestion.backoffice.kit.screens import CHART_OPTIONS
from ingestion.models import Change, IngestionRun

BUCKETS = {
    "new": Change.Kind.NEW.label,
    "price_up": Change.Kind.PRICE_UP.label,
    "price_down": Change.Kind.PRICE_DOWN.label,
    "currency": Change.Kind.CURRENCY.label,
    "details": Change.Kind.DETAILS.label,
    "unchanged": gettext_lazy("Unchanged"),
    "missing": Change.Kind.MISSING.label,
    "returned": Change.Kind.RETURNED.label,
    "removed": Change.Kind.REMOVED.label,
    "held": Change.Kind.HELD.label,
    "failed": Change.Kind.FAILED.label,
    "conflict": Change.Kind.CONFLICT.label,
}
RARE = ("currency", "returned", "removed", "conflict")  # shown only where there are some
COLOURS = {"up": "var(--color-primary-600)", "down": "var(--color-primary-300)"}


@dataclass(frozen=True)
class Bucket:
    kind: str
    label: Any
    count: int
    url: str

    @property
    def shown_count(self) -> str:
        return number_format(self.count, force_grouping=True)


class Mover(NamedTuple):
    item: str
    name: str
    before: str
    after: str
    percent: str
    is_up: bool
    row: str


def facts(run: IngestionRun) -> dict[str, Any]:
    """Nothing of a run that has no change-set: it has not ended, or was read before there were any."""
    if not run.summary:
        return {}
    return {
        "buckets": list(buckets(run)),
        "histogram": histogram(run.summary.get("histogram") or []),
        "chart_options": CHART_OPTIONS,
        "median": cells.signed(run.summary.get("median")),
        "movers": movers(run),
        "guards": run.summary.get("guards") or [],
    }


def buckets(run: IngestionRun) -> Iterator[Bucket]:
    counts = run.summary.get("buckets") or {}
    for kind, label in BUCKETS.items():
        count = counts.get(kind, 0)
        if count or (run.kind == IngestionRun.Kind.INGESTION and kind not in RARE):
            yield Bucket(kind, label, count, url_of(run, kind) if count else "")


def url_of(run: IngestionRun, kind: str) -> str:
    """Where the list behind a bucket is."""
    if kind == "unchanged":
        return ""
    if not run.dry_run and kind == "failed":
        return reverse("admin:ingestion_parsinglog_changelist", query={"run__id__exact": run.pk})
    if not run.dry_run and kind == "new" and run.summary.get("new_span"):
        first, last = run.summary["new_span"]
        query = {"created_run_id__exact": run.pk, "id__gte": first, "id__lte": last}
        return reverse("admin:catalog_supplieritem_changelist", query=query)
    return changes_url(run, kind__exact=kind)


def changes_url(run: IngestionRun, **query: str) -> str:
    return reverse("admin:ingestion_change_changelist", query={"run__id__exact": run.pk, **query})


def histogram(bars: list[list[Any]]) -> str:
    """The data of a bar chart; what went down is paler. Empty where no price moved."""
    if not any(count for _from, _to, count in bars):
        return ""
    colours = [COLOURS["down" if to is not None and Decimal(str(to)) <= 0 else "up"] for _from, to, _count in bars]
    data = {"label": _("items"), "data": [count for _from, _to, count in bars], "backgroundColor": colours}
    return json.dumps({"labels": [bar_label(start, to) for start, to, _count in bars], "datasets": [data]})


def bar_label(start: Any, to: Any) -> str:
    if start is None:
        return _("below %s %%") % shown(to)
    if to is None:
        return _("above %s %%") % shown(start)
    return f"{shown(start)}…{shown(to)} %"


def shown(number: Any) -> str:
    return f"{Decimal(str(number)).normalize():+f}" if Decimal(str(number)) else "0"


def movers(run: IngestionRun) -> list[Mover]:
    """The biggest first."""
    found = Change.objects.in_bulk(run.summary.get("movers") or [])
    changes = [found[pk] for pk in run.summary.get("movers") or [] if pk in found]
    items = cells.items_of(changes)
    return [
        Mover(
            cells.item_link(change),
            cells.name_of(change, items),
            cells.value_of("current_price", change.old, change.new),
            cells.value_of("current_price", change.new, change.old),
            cells.signed(change.percent),
            (change.percent or 0) > 0,
            row_link(run, change.sheet, change.row_number),
        )
        for change in changes
    ]
