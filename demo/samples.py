"""The sample price lists: sent through the queue to the worker, and compared with what they must give."""

import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import ContentFile

from catalog.models import PriceHistory
from ingestion.actions.uploads import receive_upload
from ingestion.models import IngestionRun
from ingestion.pricegrid import Field
from suppliers.models import PriceListSource, Supplier

FOLDER: Path = settings.BASE_DIR / "samples"
LIST_SECONDS = 120


class Sample(NamedTuple):
    file: str
    supplier: str
    run: dict[str, int]
    errors: dict[str, int]
    items: list[dict[str, Any]]
    category_of_first: str

    @property
    def path(self) -> Path:
        return FOLDER / self.file


def samples() -> list[Sample]:
    """In the order in which they are sent: each supplier's first week before its second."""
    declared = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
    return [Sample(*(entry[field] for field in Sample._fields)) for entry in declared]


def send(sample: Sample, *, by: User) -> IngestionRun:
    """A run of the sample; the one from an earlier start of the demo where there is one."""
    content = sample.path.read_bytes()
    supplier, _new = Supplier.objects.get_or_create(name=sample.supplier)
    source, _new = PriceListSource.objects.get_or_create(supplier=supplier, name="Weekly list")
    runs = source.runs.filter(price_list__sha256=hashlib.sha256(content).hexdigest())
    earlier = runs.under_way() | runs.taken_in()
    name = "-".join(sample.path.relative_to(FOLDER).parts)
    return earlier.order_by("id").first() or receive_upload(source=source, file=ContentFile(content, name=name), by=by)


def wait(run: IngestionRun, *, meanwhile: Callable[[], None]) -> None:
    """Until the run has ended, or has taken too long."""
    deadline = time.monotonic() + LIST_SECONDS
    while run.is_under_way and time.monotonic() < deadline:
        meanwhile()
        time.sleep(0.1)
        run.refresh_from_db()


def differences(sample: Sample, run: IngestionRun) -> list[str]:
    """What the run did otherwise than the sample declares, in words."""
    if not run.is_taken_in:
        return [f"{run.get_status_display()}: {run.message}"]
    found = {name: getattr(run, name) for name in sample.run}
    wrong = [f"{name} {found[name]}, not {wanted}" for name, wanted in sample.run.items() if found[name] != wanted]
    errors = {error_type: found.count for error_type, found in run.errors().items()}
    if errors != sample.errors:
        wrong.append(f"errors {errors}, not {sample.errors}")
    return wrong + [
        f"no price {item[Field.PRICE]} for {item[Field.SUPPLIER_SKU]}" for item in sample.items if not _has(run, item)
    ]


def _has(run: IngestionRun, item: dict[str, Any]) -> bool:
    return PriceHistory.objects.filter(
        supplier_item__supplier=run.supplier,
        supplier_item__supplier_sku=item[Field.SUPPLIER_SKU],
        supplier_item__name=item[Field.NAME],
        price=item[Field.PRICE],
        currency=item[Field.CURRENCY],
    ).exists()
