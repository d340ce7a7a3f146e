"""Fourth stage: what the list changes in the catalog, as a narrow temporary table."""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection

from ingestion.pipeline.stage import Staged
from ingestion.pipeline.statements import execute, select


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


def compare(staged: Staged, *, supplier_id: int, source_id: int | None) -> Differences:
    """Fills `delta`. Only a full list says by its silence that an item is missing."""
    params = {
        "supplier": supplier_id,
        "source": source_id,
        "has_stock": staged.has_stock,
        "has_retail": staged.has_retail,
        "is_prices": staged.mode == "prices",
        "is_complete": source_id is not None,
    }
    if staged.mode == "full":
        execute("compare", params)
        if staged.failed:
            execute("spare_failed")
    else:
        execute("compare_update", params)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE delta")
    return count()


def count() -> Differences:
    return Differences(*select("count"))
