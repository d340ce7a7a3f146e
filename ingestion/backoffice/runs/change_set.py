"""The change-set of a run on its page: buckets with counts, the price changes as a histogram, the biggest movers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ingestion.backoffice.changes import cells
from ingestion.backoffice.kit.rows import row_link
from ingestion.backoffice.kit.screens import CHART_OPTIONS
from ingestion.models import Change, IngestionRun
from ingestion.models.facts import ChangeSummary, PriceBar

BUCKETS = {
    "held": Change.Kind.HELD.label,
    "failed": Change.Kind.FAILED.label,
    "conflict": Change.Kind.CONFLICT.label,
    "new": Change.Kind.NEW.label,
    "price_up": Change.Kind.PRICE_UP.label,
    "price_down": Change.Kind.PRICE_DOWN.label,
    "currency": Change.Kind.CURRENCY.label,
    "details": Change.Kind.DETAILS.label,
    "unchanged": gettext_lazy("Unchanged"),
    "missing": Change.Kind.MISSING.label,
    "returned": Change.Kind.RETURNED.label,
    "removed": Change.Kind.REMOVED.label,
}
RARE = ("currency", "returned", "removed", "conflict")  # shown only where there are some
_COLOURS = {"up": "var(--color-primary-600)", "down": "var(--color-primary-300)"}


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


def change_set_facts(run: IngestionRun) -> dict[str, Any]:
    """Nothing of a run that has no change-set: it has not ended, or was read before there were any."""
    summary = run.summed_up()
    if summary is None:
        return {}
    return {
        "buckets": list(buckets(run, summary)),
        "histogram": histogram_chart(summary.histogram),
        "chart_options": CHART_OPTIONS,
        "median": cells.signed(summary.median),
        "movers": movers(run, summary),
    }


def buckets(run: IngestionRun, summary: ChangeSummary) -> Iterator[Bucket]:
    for kind, label in BUCKETS.items():
        count = summary.buckets.get(kind, 0)
        if count or (run.kind == IngestionRun.Kind.INGESTION and kind not in RARE):
            yield Bucket(kind, label, count, url_of(run, kind, summary) if count else "")


def url_of(run: IngestionRun, kind: str, summary: ChangeSummary) -> str:
    """Where the list behind a bucket is."""
    if kind == "unchanged":
        return ""
    if not run.dry_run and kind == "failed":
        return reverse("admin:ingestion_parsinglog_changelist", query={"run__id__exact": run.pk})
    if not run.dry_run and kind == "new" and summary.new_span:
        first, last = summary.new_span
        query = {"created_run_id__exact": run.pk, "id__gte": first, "id__lte": last}
        return reverse("admin:catalog_supplieritem_changelist", query=query)
    return changes_url(run, kind__exact=kind)


def changes_url(run: IngestionRun, **query: str) -> str:
    return reverse("admin:ingestion_change_changelist", query={"run__id__exact": run.pk, **query})


def histogram_chart(bars: Sequence[PriceBar]) -> str:
    """The data of a bar chart; what went down is paler. Empty where no price moved."""
    if not any(bar.count for bar in bars):
        return ""
    colours = [_COLOURS["down" if bar.high is not None and bar.high <= 0 else "up"] for bar in bars]
    data = {"label": _("items"), "data": [bar.count for bar in bars], "backgroundColor": colours}
    return json.dumps({"labels": [bar_label(bar) for bar in bars], "datasets": [data]})


def bar_label(bar: PriceBar) -> str:
    if bar.low is None:
        return _("below %s %%") % _shown(bar.high)
    if bar.high is None:
        return _("above %s %%") % _shown(bar.low)
    return f"{_shown(bar.low)}…{_shown(bar.high)} %"


def _shown(percent: int | None) -> str:
    return f"{percent:+d}" if percent else "0"


def movers(run: IngestionRun, summary: ChangeSummary) -> list[Mover]:
    """The biggest first."""
    found = Change.objects.in_bulk(summary.movers)
    changes = [found[pk] for pk in summary.movers if pk in found]
    items = cells.items_of(changes)
    return [
        Mover(
            cells.item_link(change),
            cells.item_name(change, items),
            cells.shown_value("current_price", change.old, change.new),
            cells.shown_value("current_price", change.new, change.old),
            cells.signed(change.percent),
            (change.percent or 0) > 0,
            row_link(run, change.sheet, change.row_number),
        )
        for change in changes
    ]
