"""Fourth stage: what the list changes in the catalog, as a narrow temporary table."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from ingestion.models.facts import Understanding
from ingestion.pipeline.columns import FACTS
from ingestion.pipeline.context import Context, Differences
from ingestion.pipeline.statements import Statements, analyze

NAMES = frozenset(column.name for column in FACTS)
SQL = Statements(Path(__file__).parent / "sql")


def compare(context: Context) -> Context:
    """Fills `delta`. Only a full list says by its silence that an item is missing."""
    staged, supplier = context.staged, context.supplier_id
    if staged.mode == "full":
        compare_full(
            supplier=supplier,
            source=context.run.source_id,
            of_facts=headers_of_facts(context.understanding),
            has=staged.has,
        )
        if staged.failed:
            spare_failed()
    else:
        compare_update(supplier=supplier, is_prices=staged.mode == "prices", has=staged.has)
    analyze("delta")
    return replace(context, found=count_differences(has=staged.has))


def headers_of_facts(understanding: Understanding) -> list[str]:
    """Under which characteristics had been what columns of the list say as facts."""
    return sorted({column.header for sheet in understanding.read for column in sheet.columns if column.field in NAMES})


# The statements: each function runs the file of its name in `sql/`.


def compare_full(*, supplier: int, source: int | None, of_facts: Collection[str], has: Collection[str]) -> None:
    """Only the list of a source says by its silence that an item is missing.

    `has` are the changes that the list tells at all, of those that it need not tell (`columns.OPTIONAL`), `of_facts`
    the headers of its facts.
    """
    params = {"supplier": supplier, "source": source, "is_complete": source is not None, "of_facts": list(of_facts)}
    SQL.execute("compare_full", params, has)


def compare_update(*, supplier: int, is_prices: bool, has: Collection[str]) -> None:
    SQL.execute("compare_update", {"supplier": supplier, "is_prices": is_prices}, has)


def spare_failed() -> None:
    SQL.execute("spare_failed")


def count_differences(*, has: Collection[str]) -> Differences:
    return Differences(*SQL.row("count_differences", has=has))
