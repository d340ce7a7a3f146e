"""python -m benchmarks.timeline FILE [--force]: where the time of one ingestion goes, as JSON of seconds.

It takes the list in within this process, against DATABASE_URL, and notes when each statement of the pipeline began and
ended. What lies between two statements is Python.
"""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any, NamedTuple

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from ingestion.pipeline.staging.stage import SETTINGS  # noqa: E402
from ingestion.pipeline.statements import PIPELINE, statement_text  # noqa: E402

PARTS = {  # statements that are one part of the work; the rest is "everything else"
    "insert_history": "price history",
    "insert_items": "new items",
    "update_items": "changed and missing items",
    "mark_missing": "changed and missing items",
    "branches": "categories and drafts",
    "insert_categories": "categories and drafts",
    "find_categories": "categories and drafts",
    "insert_drafts": "categories and drafts",
    "duplicates": "duplicates and comparison",
    "compare": "duplicates and comparison",
    "count": "duplicates and comparison",
    "insert_changes": "change-set and guards",
    "hold": "change-set and guards",
    "supersede": "change-set and guards",
    "insert_logs": "parsing logs",
}
READING = "reading, understanding, COPY"
OTHER = "everything else"


class Event(NamedTuple):
    name: str
    begin: float
    end: float


def taken(events: list[Event], begin: float, end: float) -> dict[str, float]:
    """Seconds by part; the rows stream between the first and the second statement that name the stage."""
    seconds: dict[str, float] = defaultdict(float)
    before, is_reading = begin, False
    for event in events:
        seconds[READING if is_reading else OTHER] += event.begin - before
        seconds[event.name] += event.end - event.begin
        before, is_reading = event.end, event.name == "settings"
    seconds[OTHER] += end - before
    for name in ("settings",):
        seconds[OTHER] += seconds.pop(name, 0)
    return dict(seconds)


def main() -> None:
    names = {
        statement_text(path.stem, path.parent): PARTS.get(path.stem, OTHER) for path in PIPELINE.glob("*/sql/*.sql")
    }
    names[SETTINGS] = "settings"
    names["SET CONSTRAINTS ALL IMMEDIATE"] = "foreign keys"
    events: list[Event] = []

    def note(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        begin = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            events.append(Event(names.get(str(sql), OTHER), begin, time.perf_counter()))

    path, *words = sys.argv[1:]
    with connection.execute_wrapper(note):
        begin = time.perf_counter()
        call_command("ingest", path, "--supplier", "Benchmark", "--json", *words, stdout=io.StringIO())
        print(json.dumps(taken(events, begin, time.perf_counter())))


if __name__ == "__main__":
    main()
