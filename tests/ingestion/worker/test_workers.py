"""Real worker processes: many suppliers at once, and workers that die."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.models import Category, PriceHistory, Product, SupplierItem
from ingestion.models import IngestionRun
from ingestion.runs import queue
from ingestion.runs.supplier_lock import is_at_work, suppliers_at_work
from ingestion.worker.reconcile import reconcile_runs
from tests.factories import ProductFactory, SourceFactory
from tests.ingestion.price_lists import queued
from tests.ingestion.serving import PATIENCE, kill, started_workers, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("test_parsers", "valkey")]

Status = IngestionRun.Status


@pytest.fixture
def workers():
    with started_workers() as start:
        yield start


def ended(*found: IngestionRun) -> bool:
    ids = [run.pk for run in found]
    return not IngestionRun.objects.filter(pk__in=ids, status__in=["queued", "running"]).exists()


def week(number: int, turn: int) -> list[dict]:
    """A list whose categories all suppliers share, and whose prices change every week."""
    return [
        {
            "sku": f"S{row}",
            "price": str(10 + (row + turn + number) % 7),
            "category": ["Shared", f"C{row % 9}", f"D{row % 5}"],
        }
        for row in range(300)
    ]


def test_eight_suppliers_on_four_workers(workers):
    sources = [SourceFactory() for _ in range(8)]
    first = [queued(week(number, 0), source) for number, source in enumerate(sources)]
    for run in first:
        queue.enqueue(run)
    for worker in workers(4, "--burst"):
        assert worker.wait(PATIENCE) == 0
    assert ended(*first)
    assert Category.objects.count() == 1 + 9 + 45
    assert Product.objects.count() == 8 * 300

    shared = [ProductFactory(currency="EUR") for _ in range(300)]
    for row, product in enumerate(shared):
        SupplierItem.objects.filter(supplier_sku=f"S{row}").update(product=product)
    later = [queued(week(number, turn), source) for turn in (1, 2, 3) for number, source in enumerate(sources)]
    for run in later:
        queue.enqueue(run)
    for worker in workers(4, "--burst"):
        assert worker.wait(PATIENCE) == 0
    reconcile_runs()
    found_ends = set(IngestionRun.objects.values_list("status", "retry_count", "failed_rows"))
    assert found_ends <= {("success", 0, 0), ("partial_success", 0, 0)}  # the latter where a price was held
    for found in Product.objects.filter(pk__in=[product.pk for product in shared]).prefetch_related("offers"):
        assert found.lowest_price == min(offer.current_price for offer in found.offers.all())


@pytest.mark.skipif(not Path("/proc").exists(), reason="finds the worker's children through /proc")
def test_worker_killed_at_work(workers):
    """Nothing of the first attempt stays; the second one ends as if it had been the only one."""
    run = queued([{"sku": f"A{row}", "price": "1", "characteristics": {"n": str(row)}} for row in range(60_000)])
    queue.enqueue(run)
    (first,) = workers(1)
    wait_until(lambda: IngestionRun.objects.filter(pk=run.pk, status="running").exists())
    kill(first)
    wait_until(lambda: not is_held(run))
    assert not SupplierItem.objects.exists()

    assert reconcile_runs().dead_workers == 1
    (second,) = workers(1, "--burst")
    assert second.wait(PATIENCE) == 0
    run.refresh_from_db()
    assert (run.status, run.retry_count, run.new_items) == (Status.SUCCESS, 1, 60_000)
    assert PriceHistory.objects.count() == SupplierItem.objects.count() == Product.objects.count() == 60_000


def is_held(run: IngestionRun) -> bool:
    assert run.supplier_id is not None
    return is_at_work(run.supplier_id, suppliers_at_work())
