"""The sample lists are what samples/make.py writes, and give what is declared beside them."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from catalog.models import SupplierItem
from demo.samples import Sample, differences, samples
from ingestion.lists.storage import store
from ingestion.models import IngestionRun
from ingestion.pipeline.attempt import run_ingestion
from ingestion.runs import creation
from samples.make import FOLDER, make
from suppliers.models import PriceListSource, Supplier


def take_in(sample: Sample) -> IngestionRun:
    supplier, _new = Supplier.objects.get_or_create(name=sample.supplier)
    source, _new = PriceListSource.objects.get_or_create(supplier=supplier, name="Weekly list")
    file = ContentFile(sample.path.read_bytes(), name=sample.path.name)
    price_list = store(file, sample.path.name, supplier=supplier, source=source, by=None, at=timezone.now())
    run = creation.create_run(source=source, price_list=price_list)
    run_ingestion(run)
    run.refresh_from_db()
    return run


def test_the_committed_lists_are_the_written_ones(tmp_path: Path) -> None:
    make(tmp_path)
    written = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.*"))
    assert len(written) == 14
    assert not [path for path in written if (tmp_path / path).read_bytes() != (FOLDER / path).read_bytes()]


@pytest.mark.django_db(transaction=True)
def test_each_list_gives_what_is_declared() -> None:
    wrong = {}
    for sample in samples():
        found = differences(sample, take_in(sample))
        if found:
            wrong[sample.file] = found
    assert wrong == {}
    assert not [words for sample in samples() for words in not_as_it_ended(sample)]


def not_as_it_ended(sample: Sample) -> Iterator[str]:
    """What the items of a supplier's last list are otherwise than declared."""
    if sample != [other for other in samples() if other.supplier == sample.supplier][-1]:
        return
    for item in sample.items:
        stored = SupplierItem.objects.get(supplier__name=sample.supplier, supplier_sku=item["supplier_sku"])
        retail = item["retail_price"] and Decimal(item["retail_price"])
        if (stored.current_price, stored.retail_price) != (Decimal(item["price"]), retail):
            yield f"{stored}: {stored.current_price}, {stored.retail_price}"
    first = SupplierItem.objects.get(supplier__name=sample.supplier, supplier_sku=sample.items[0]["supplier_sku"])
    if first.product is None or str(first.product.category) != sample.category_of_first:
        yield f"{first}: {first.product and first.product.category}, not {sample.category_of_first}"
