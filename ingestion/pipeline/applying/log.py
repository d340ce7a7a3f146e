"""Last stage: every row that could not be used is logged, and all that was written is checked once more."""

from __future__ import annotations

from django.db import connection

from ingestion.models.facts import RunOutcome
from ingestion.pipeline.applying import queries
from ingestion.pipeline.applying.changes import summary_of
from ingestion.pipeline.applying.error_columns import column_letters
from ingestion.pipeline.context import Context
from ingestion.pipeline.outcome import asking, ended


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
    queries.insert_logs(
        run=run.pk,
        task=run.task_id,
        supplier=context.supplier_id,
        supplier_name=run.supplier_name,
        source=run.source_id,
        letters=column_letters(context.understanding),
        at=context.at,
    )
