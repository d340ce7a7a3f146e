"""Fourth stage: what the list changes in the catalog, as a narrow temporary table."""

from __future__ import annotations

from ingestion.pipeline.comparing import queries
from ingestion.pipeline.comparing.queries import Differences
from ingestion.pipeline.staging.stage import Staged
from ingestion.pipeline.statements import analyze


def compare(staged: Staged, *, supplier_id: int, source_id: int | None) -> Differences:
    """Fills `delta`. Only a full list says by its silence that an item is missing."""
    if staged.mode == "full":
        queries.compare(supplier=supplier_id, source=source_id, has=staged.has)
        if staged.failed:
            queries.spare_failed()
    else:
        queries.compare_update(supplier=supplier_id, is_prices=staged.mode == "prices", has=staged.has)
    analyze("delta")
    return queries.count()
