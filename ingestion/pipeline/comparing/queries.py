"""The statements that compare: each function runs the file of its name in `sql/`."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from ingestion.pipeline.columns import OPTIONAL
from ingestion.pipeline.statements import Statements

SQL = Statements(Path(__file__).parent / "sql")


class Differences(NamedTuple):
    """In numbers; `written` counts the rows that are there and change, `first_new` and `last_new` span the new ids."""

    new: int = 0
    changed: int = 0
    missing: int = 0
    returned: int = 0
    held: int = 0
    written: int = 0
    first_new: int | None = None
    last_new: int | None = None
    rejected: int = 0  # of the held ones, those that a person has decided on before


def compare_full(*, supplier: int, source: int | None, has: Collection[str]) -> None:
    """Only the list of a source says by its silence that an item is missing.

    `has` are the changes that the list tells at all, of those that it need not tell (`columns.OPTIONAL`).
    """
    params = {"supplier": supplier, "source": source, "is_complete": source is not None, **optional(has)}
    SQL.execute("compare_full", params)


def compare_update(*, supplier: int, is_prices: bool, has: Collection[str]) -> None:
    SQL.execute("compare_update", {"supplier": supplier, "is_prices": is_prices, **optional(has)})


def optional(has: Collection[str]) -> dict[str, bool]:
    return {f"has_{change.name}": change.name in has for change in OPTIONAL}


def spare_failed() -> None:
    SQL.execute("spare_failed")


def count_differences() -> Differences:
    return Differences(*SQL.row("count_differences"))
