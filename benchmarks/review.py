"""What reviewing costs at 100,000 rows: `DATABASE_URL=... python -m benchmarks.review [ROWS]`, on a migrated database.

A first list, a dry run of it and of the next one (every tenth price changed, one in twenty new), the next list itself,
the queries of its page, an acceptance, and the undo of everything, the newest first, each beside its bar.
"""

from __future__ import annotations

import io
import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.files.base import File  # noqa: E402
from django.utils import timezone  # noqa: E402

from catalog.models import PriceHistory, Product, SupplierItem  # noqa: E402
from ingestion.actions import holds  # noqa: E402
from ingestion.actions.undo import preview, undo  # noqa: E402
from ingestion.lists.storage import store  # noqa: E402
from ingestion.models import Change, IngestionRun  # noqa: E402
from ingestion.pipeline.attempt import run_ingestion  # noqa: E402
from ingestion.runs import creation  # noqa: E402
from suppliers.models import PriceListSource, Supplier  # noqa: E402


def rows(count: int, version: int) -> Iterator[str]:
    yield "Code;Name;Price EUR;Stock;Colour"
    for number in range(count):
        chance = random.Random(number)
        price = chance.uniform(5, 900)
        if version == 2 and number % 10 == 0:
            price *= 10 if number % 1000 == 0 else chance.uniform(0.92, 1.12)
        code = number + count if version == 2 and number % 20 == 7 else number
        colour, stock = chance.choice(("red", "blue")), chance.randrange(90)
        yield f"K-{code:07};Fitting number {number:07};{price:.2f};{stock};{colour}"


def ingest(source: PriceListSource, count: int, version: int, *, dry_run: bool = False) -> tuple[IngestionRun, float]:
    content = File(io.BytesIO("\n".join(rows(count, version)).encode()), name=f"v{version}.csv")
    price_list = store(content, "list.csv", supplier=source.supplier, source=source, by=None, at=timezone.now())
    run = creation.create_run(price_list=price_list, dry_run=dry_run, force=True, is_confirmed=True)
    started = time.perf_counter()
    run_ingestion(run)
    return run, time.perf_counter() - started


@contextmanager
def timed(label: str, bar: float | None = None) -> Iterator[None]:
    started = time.perf_counter()
    yield
    show(label, time.perf_counter() - started, bar)


def show(label: str, seconds: float, bar: float | None = None) -> None:
    limit = "" if bar is None else f"   bar {bar:7.2f} s   {'kept' if seconds <= bar else 'MISSED'}"
    print(f"{label:44} {seconds:7.2f} s{limit}", flush=True)


def page(run: IngestionRun) -> None:
    """What the change-set's page and the list behind its largest bucket ask for."""
    run = IngestionRun.objects.select_related("source", "supplier", "price_list").get(pk=run.pk)
    summary = run.summed_up()
    assert summary is not None
    list(Change.objects.filter(pk__in=summary.movers))
    for kind in (kind for kind, count in summary.buckets.items() if count and kind in Change.Kind.values):
        shown = list(Change.objects.filter(run=run, kind=kind).order_by("id")[:50])
        SupplierItem.objects.in_bulk([change.item_id for change in shown if change.item_id])


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    supplier = Supplier.objects.create(name=f"Review {time.time():.0f}", default_currency="EUR")
    source = supplier.sources.create(name="List")
    dry, seconds = ingest(source, count, 1, dry_run=True)
    first, first_seconds = ingest(source, count, 1)
    show("first list", first_seconds)
    show("  dry run of it", seconds, first_seconds)
    dry, seconds = ingest(source, count, 2, dry_run=True)
    second, second_seconds = ingest(source, count, 2)
    show("next list", second_seconds)
    show("  dry run of it", seconds, second_seconds)
    assert dry.summed_up().buckets == second.summed_up().buckets, (dry.summary, second.summary)
    with timed("page of a dry run and all its buckets", 0.5):
        page(dry)
    with timed(f"accepting {second.held_items} held rows"):
        (accepting,) = holds.accept(holds.open_holds().filter(run=second), by=None).runs
    undo(accepting, by=None)
    with timed("preview of the undo of the next list"):
        preview(second)
    with timed("undo of the next list", 2 * second_seconds):
        undo(second, by=None)
    with timed("undo of the first list", 2 * first_seconds):
        undone = undo(first, by=None)
    assert not SupplierItem.objects.filter(supplier=supplier).exists()
    with timed("undo of that undo"):
        back = undo(IngestionRun.objects.get(pk=undone.pk), by=None)
    assert SupplierItem.objects.filter(supplier=supplier).count() == count
    undo(back, by=None)
    print(Product.objects.count(), "products left;", PriceHistory.objects.count(), "prices on record")


if __name__ == "__main__":
    main()
