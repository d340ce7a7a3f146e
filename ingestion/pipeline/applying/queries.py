"""The statements that keep and write what a list changes: each function runs the file of its name in `sql/`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from ingestion.pipeline.statements import Statements

SQL = Statements(Path(__file__).parent / "sql")


class Figures(NamedTuple):
    """A run's changes: counts by bucket, prices by step of the histogram, the changes that went farthest."""

    buckets: dict[str, int]
    bars: dict[str, int]
    movers: list[int]


class ErrorPlace(NamedTuple):
    """What went wrong, on which sheet (a sheet without a name is an empty text)."""

    cause: str
    sheet: str


class Marks(NamedTuple):
    """Of an item that its source's list does not have."""

    missing_since: datetime
    last_listed_at: datetime | None
    missing_at_list: int | None

    def as_json(self) -> str:
        dates = (self.missing_since.isoformat(), self.last_listed_at.isoformat() if self.last_listed_at else None)
        return json.dumps(dict(zip(self._fields, (*dates, self.missing_at_list), strict=True)))


def supersede(*, run: int, supplier: int) -> None:
    SQL.execute("supersede", {"run": run, "supplier": supplier})


def insert_changes(*, run: int, source: int | None, is_dry: bool, adopts: bool, marks: Marks) -> None:
    params = {"run": run, "source": source, "dry_run": is_dry, "adopts": adopts, "missing": marks.as_json()}
    SQL.execute("insert_changes", params)


def insert_planned(*, run: int) -> None:
    SQL.execute("insert_planned", {"run": run})


def summary_figures(*, run: int, edges: Sequence[int]) -> Figures:
    """`edges` of the histogram, in per cent."""
    return Figures(*map(json.loads, SQL.row("summary_figures", {"run": run, "edges": list(edges)})))


def insert_history(*, run: int, at: datetime) -> None:
    SQL.execute("insert_history", {"run": run, "at": at})


def update_items(*, source: int | None, adopts: bool, at: datetime) -> None:
    SQL.execute("update_items", {"source": source, "adopts": adopts, "at": at})


def mark_missing(*, marks: Marks) -> None:
    SQL.execute("mark_missing", marks._asdict())


def insert_items(*, run: int, supplier: int, source: int | None, at: datetime) -> None:
    SQL.execute("insert_items", {"run": run, "supplier": supplier, "source": source, "at": at})


def branches() -> None:
    """Makes the table of the categories that new items name."""
    SQL.execute("branches")


def touched() -> str:
    """A query: what follows from offers is worked out in the catalog."""
    return SQL.text("touched")


def deepest() -> int:
    """How many levels of categories the new items name."""
    return int(SQL.row("deepest")[0])


def insert_categories(*, run: int, depth: int) -> None:
    SQL.execute("insert_categories", {"run": run, "depth": depth})


def find_categories(*, depth: int) -> None:
    SQL.execute("find_categories", {"depth": depth})


def insert_drafts(*, at: datetime) -> None:
    SQL.execute("insert_drafts", {"at": at})


def failed_causes() -> list[ErrorPlace]:
    return [ErrorPlace(*row) for row in SQL.rows("failed_causes")]


def insert_logs(
    *,
    run: int,
    task: str,
    supplier: int,
    supplier_name: str,
    source: int | None,
    letters: Mapping[ErrorPlace, str],
    at: datetime,
) -> None:
    """`letters` are the columns that the errors are about."""
    params = {
        "run": run,
        "task": task,
        "supplier": supplier,
        "supplier_name": supplier_name,
        "source": source,
        "causes": [place.cause for place in letters],
        "sheets": [place.sheet for place in letters],
        "letters": list(letters.values()),
        "at": at,
    }
    SQL.execute("insert_logs", params)
