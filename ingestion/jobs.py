"""What a worker calls: a message in, a few lines, no rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ingestion import queue
from ingestion.contracts.task_result import write_task_result
from ingestion.errors import ValidationFailed
from ingestion.models import IngestionRun
from ingestion.pipeline.run import run_message
from ingestion.presence import SupplierBusy
from ingestion.reconcile import reconcile_runs
from ingestion.runs import RunMoved
from ingestion.views import error_workbook, excerpt, looks  # noqa: F401 - registers the views that lists have
from ingestion.views.work import prepare


def ingest(message: Mapping[str, Any]) -> dict[str, Any] | None:
    """The task result; none where another worker has this run. Raises where it failed: the queue must know."""
    run = IngestionRun.objects.get(task_id=message["task_id"])
    try:
        run_message(run, message)
        raise_failure(run)
    except (SupplierBusy, RunMoved):
        return None
    except Exception:
        if run.status == IngestionRun.Status.FAILURE:
            queue.give_up()
        queue.wake_next(after=run)
        raise
    queue.wake_next(after=run)
    return write_task_result(run) if run.finished_at else None


def raise_failure(run: IngestionRun) -> None:
    """A list without one good row was taken in as far as its parsing logs; it has failed all the same."""
    if run.status == IngestionRun.Status.FAILURE:
        raise ValidationFailed(run.message)


def reconcile() -> dict[str, int]:
    """Repairs what dead workers left behind, and asks for the next round."""
    try:
        return reconcile_runs()._asdict()
    finally:
        queue.schedule_reconcile()


def prepare_view(view_id: int) -> None:
    prepare(view_id)
