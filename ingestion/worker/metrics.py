"""Prometheus metrics, read from the database and the queue at the moment they are asked for.

So they are the same from every web process, and survive restarts.
"""

from collections.abc import Iterator
from secrets import compare_digest

from django.conf import settings
from django.db.models import Count, F, Sum
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from ingestion.models import FileSweep, IngestionRun, PriceList
from ingestion.models.facts import errors_from_json
from ingestion.runs import queue

_ROWS = {
    "stored": F("successful_rows") - F("held_items"),
    "held": "held_items",
    "failed": "failed_rows",
    "skipped": "skipped_rows",
    "new": "new_items",
    "changed": "changed_items",
    "unchanged": "unchanged_items",
    "missing": "missing_items",
}


class QueueCollector(Collector):
    def collect(self) -> Iterator[Metric]:
        state = queue.state()
        yield GaugeMetricFamily("catalog_queue_up", "Whether the queue's server answers", value=state is not None)
        if state is None:
            return
        depth = GaugeMetricFamily("catalog_queue_depth", "Tasks that wait", labels=["priority"])
        for priority, waiting in state.waiting.items():
            depth.add_metric([priority], waiting)
        yield depth
        yield GaugeMetricFamily("catalog_workers", "Workers that are alive", value=state.workers)


class RunCollector(Collector):
    def collect(self) -> Iterator[Metric]:
        runs = CounterMetricFamily("catalog_runs", "Ingestion runs by status", labels=["status"])
        counted = IngestionRun.objects.order_by().values_list("status").annotate(Count("id"))
        for status, count in counted:
            runs.add_metric([status], count)
        yield runs
        dead = GaugeMetricFamily("catalog_dead_letters", "Tasks that failed for good", labels=["priority"])
        for priority, count in queue.count_dead_letters().items():
            dead.add_metric([priority], count)
        yield dead
        totals = IngestionRun.objects.aggregate(
            seconds=Sum("processing_seconds", default=0),
            **{outcome: Sum(field, default=0) for outcome, field in _ROWS.items()},
        )
        seconds = CounterMetricFamily("catalog_run_seconds", "Seconds spent on processing price lists")
        seconds.add_metric([], totals["seconds"])
        yield seconds
        rows = CounterMetricFamily("catalog_rows", "Rows of price lists by what became of them", labels=["outcome"])
        for outcome in _ROWS:
            rows.add_metric([outcome], totals[outcome])
        yield rows
        yield self._errors()

    def _errors(self) -> Metric:
        errors = CounterMetricFamily("catalog_errors", "Errors in price lists by type", labels=["type"])
        counts: dict[str, int] = {}
        for kept in IngestionRun.objects.exclude(error_counts={}).values_list("error_counts", flat=True).iterator():
            for error_type, found in errors_from_json(kept).items():
                counts[error_type] = counts.get(error_type, 0) + found.count
        for error_type, count in sorted(counts.items()):
            errors.add_metric([error_type], count)
        return errors


class FileCollector(Collector):
    def collect(self) -> Iterator[Metric]:
        damaged = PriceList.objects.damaged().count()
        yield GaugeMetricFamily("catalog_damaged_lists", "Price lists whose stored file is damaged or gone", damaged)
        last = FileSweep.objects.first()
        if last is None:
            return
        yield GaugeMetricFamily("catalog_stored_files", "Stored files at the last look at all of them", last.files)
        yield GaugeMetricFamily("catalog_last_sweep", "When that was, in seconds since 1970", last.at.timestamp())
        removed = CounterMetricFamily("catalog_swept_files", "Files that belonged to nothing, removed", labels=["kind"])
        totals = FileSweep.objects.aggregate(orphans=Sum("orphans"), temporary=Sum("temporary"))
        for kind, count in totals.items():
            removed.add_metric([kind], count)
        yield removed


REGISTRY = CollectorRegistry()
REGISTRY.register(QueueCollector())
REGISTRY.register(RunCollector())
REGISTRY.register(FileCollector())


def _may_read(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    expected = settings.METRICS_TOKEN
    if expected and compare_digest(given.encode(), expected.encode()):
        return True
    return request.user.is_staff and request.user.has_perm("ingestion.view_ingestionrun")


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For people who may see runs, and for monitors that send the METRICS_TOKEN."""
    if not _may_read(request):
        return HttpResponse(
            "Send the METRICS_TOKEN as a bearer token, or log in.\n", status=401, content_type="text/plain"
        )
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)
