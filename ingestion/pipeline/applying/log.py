"""Last stage: every row that could not be used is logged, and all that was written is checked once more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.db import connection

from ingestion.models.facts import RunOutcome, Understanding
from ingestion.pipeline.applying.changes import summary_of
from ingestion.pipeline.context import Context
from ingestion.pipeline.outcome import asking, ended
from ingestion.pipeline.statements import Statements
from ingestion.pricegrid.problems import field_of

SQL = Statements(Path(__file__).parent / "sql")


class ErrorPlace(NamedTuple):
    """What went wrong, on which sheet (a sheet without a name is an empty text)."""

    cause: str
    sheet: str


def log(context: Context) -> RunOutcome:
    if context.staged.counts and not context.run.dry_run:
        write_logs(context)
    asks = context.question and not context.run.dry_run
    outcome = asking(context) if asks else ended(context, summary_of(context))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # foreign keys are checked here, not in the commit
    return outcome


def write_logs(context: Context) -> None:
    run = context.run
    insert_logs(
        run=run.pk,
        task=run.task_id,
        supplier=context.supplier_id,
        supplier_name=run.supplier_name,
        source=run.source_id,
        letters=column_letters(context.understanding),
        at=context.at,
    )


def column_letters(understanding: Understanding) -> dict[ErrorPlace, str]:
    """In which column of the list each error is, for the statement that logs them: that of its problem's field."""
    letters = understanding.letters()
    return {place: letters.get((place.sheet, field_of(place.cause) or ""), "") for place in failed_causes()}


# The statements: each function runs the file of its name in `sql/`.


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
