"""Fourth stage: what the list changes in the catalog, as a narrow temporary table."""

from __future__ import annotations

from dataclasses import replace

from ingestion.pipeline.comparing import queries
from ingestion.pipeline.context import Context
from ingestion.pipeline.statements import analyze


def compare(context: Context) -> Context:
    """Fills `delta`. Only a full list says by its silence that an item is missing."""
    staged, supplier = context.staged, context.supplier_id
    if staged.mode == "full":
        queries.compare_full(supplier=supplier, source=context.run.source_id, has=staged.has)
        if staged.failed:
            queries.spare_failed()
    else:
        queries.compare_update(supplier=supplier, is_prices=staged.mode == "prices", has=staged.has)
    analyze("delta")
    return replace(context, found=queries.count_differences())
