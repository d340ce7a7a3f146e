"""One list's way through the house is short: the modules that work between the job and `price_history` are counted."""

from __future__ import annotations

import gc
import io
import mmap
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from catalog.models import PriceHistory
from ingestion.lists.storage import store
from ingestion.models import Change, IngestionRun
from ingestion.pipeline.applying import apply
from ingestion.runs.creation import create_run
from ingestion.runs.messages import QueueMessage, write_queue_message
from ingestion.worker.jobs import ingest
from suppliers.models import PriceListSource
from tests.factories import SourceFactory

HOUSE = Path(settings.BASE_DIR) / "ingestion"
FILES = {str(path): number for number, path in enumerate(sorted(HOUSE.rglob("*.py")))}
HEADER = "Code;Name;Price EUR;Stock;Brand"

# What is read, one after another, to follow a list: the job, each stage with its statements, what the stages share, and
# the door to the stored list. It may be half of what it was before the house was built anew.
ON_THE_WAY = {
    "worker/jobs",
    "pipeline/attempt",
    "pipeline/stages",
    "pipeline/context",
    "pipeline/columns",
    "pipeline/statements",
    "pipeline/receive",
    "lists/opened",
    "pipeline/read",
    "pipeline/staging/lines",
    "pipeline/staging/batch_lines",
    "pipeline/staging/stage",
    "pipeline/comparing/compare",
    "pipeline/guarding/guards",
    "pipeline/guarding/causes",
    "pipeline/applying/changes",
    "pipeline/applying/apply",
}
ONCE = 39
# What works for them behind a function whose name says enough: how many modules of a room. Only ever fewer.
BEHIND_DOORS = Counter(
    {
        "pricegrid": 1,  # the reading library counts as one
        "pipeline": 2,  # whether the list is what it seems to be, and the statements for what it tells
        "reader": 7,  # a process apart, with its limits and its sandbox
        "runs": 5,  # status, order, lock, message, the task's name in the log
        "lists": 5,  # the stored file and what is known of it
        "parsers": 3,
        "models": 3,
        "contracts": 1,
        "apps": 1,
        "serving": 1,
        "texts": 1,
    }
)


def module_of(path: str) -> str:
    parts = Path(path).relative_to(HOUSE).with_suffix("").parts
    return "pricegrid" if parts[0] == "pricegrid" else "/".join(parts)


class Way:
    """The modules whose functions were called, in this process and in those that it forks: they share the memory."""

    def __init__(self) -> None:
        self._seen = mmap.mmap(-1, len(FILES))

    def look(self, frame: FrameType, event: str, _arg: Any) -> None:
        number = FILES.get(frame.f_code.co_filename)
        if number is not None and event == "call" and frame.f_code.co_name != "<module>":
            self._seen[number] = 1

    def modules(self) -> set[str]:
        return {module_of(path) for path, number in FILES.items() if self._seen[number]}


@contextmanager
def followed(way: Way) -> Iterator[None]:
    forget_all()
    before = sys.getprofile()
    sys.setprofile(way.look)
    try:
        yield
    finally:
        sys.setprofile(before)


def forget_all() -> None:
    """What was worked out once is worked out again, as in a worker that has just begun."""
    for each in gc.get_objects():
        if type(each).__name__ == "_lru_cache_wrapper" and str(each.__module__).startswith("ingestion."):
            each.cache_clear()


def received(source: PriceListSource, *rows: str) -> IngestionRun:
    content = io.BytesIO("\n".join([HEADER, *rows, ""]).encode())
    at = timezone.now()
    return create_run(price_list=store(content, "week.csv", supplier=source.supplier, source=source, by=None, at=at))


def message_of(run: IngestionRun) -> QueueMessage:
    now = timezone.now()
    return write_queue_message(run, enqueued_at=now, expires_at=now + timedelta(hours=1))


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("valkey")
def test_a_list_goes_through_few_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its prices change, one too far; an item is new, one is missing, and a row is wrong."""
    source = SourceFactory()
    ingest(message_of(received(source, *(f"A{n};Bolt M{n};{n}.50;{n};Acme" for n in range(10, 41)))))
    rows = [f"A{n};Bolt M{n};{n}.70;{n};Acme" for n in range(10, 39)]
    run = received(source, *rows, "A39;Bolt M39;3950;39;Acme", "B1;Nut;12.00;3;Acme", "B2;Washer;free;3;Acme")
    message = message_of(run)
    way, at_history, insert_history = Way(), [], apply.insert_history

    def end(**params: Any) -> None:
        insert_history(**params)
        at_history.append(way.modules())

    monkeypatch.setattr(apply, "insert_history", end)
    with followed(way):
        ingest(message)
    run.refresh_from_db()
    assert (run.status, run.failed_rows, Change.objects.held().count()) == ("partial_success", 1, 1)
    assert PriceHistory.objects.filter(run_id=run.pk).exists()
    (modules,) = at_history
    assert modules & ON_THE_WAY == ON_THE_WAY
    behind = Counter(module.partition("/")[0] for module in modules - ON_THE_WAY)
    assert behind <= BEHIND_DOORS, sorted(modules - ON_THE_WAY)
    assert len(ON_THE_WAY) * 2 <= ONCE
