"""What a worker calls: a message in, a few lines, no rules. Nothing but `FUNCTIONS` is ever called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ingestion.contracts import ContractViolation
from ingestion.errors import ConfigurationError
from ingestion.models import IngestionRun
from ingestion.pipeline.attempt import work_off
from ingestion.runs import queue
from ingestion.runs.life_cycle import fail_without_supplier
from ingestion.runs.messages import read_queue_message
from ingestion.views import error_workbook, excerpt, looks, table  # noqa: F401 - registers the views that lists have
from ingestion.views.work import prepare

SECONDS_FOR_ONE_SUPPLIER = 2.0  # at a time, while others may wait
AS_THE_RUN_SAYS = ("parser_type", "supplier_name", "source_config", "max_retries", "priority")

JobMessage = Mapping[str, Any]


class MessageRefused(Exception):
    """A message that no program of ours has sent, or that its run in the database knows nothing of."""


def ingest(message: JobMessage) -> None:
    """The message is but the bell: what is due of its run's supplier is taken in, in the order of receipt."""
    run = run_of(message)
    if not run.is_under_way:
        return
    if run.supplier_id is None:
        fail_without_supplier(run)
    elif work_off(run.supplier_id, seconds=SECONDS_FOR_ONE_SUPPLIER, known=run):
        queue.ring_for(run.supplier_id)


def run_of(message: JobMessage) -> IngestionRun:
    """Raises MessageRefused unless the message keeps its contract and says what its run says."""
    try:
        read_queue_message(message)
    except (ContractViolation, ConfigurationError) as violation:
        raise MessageRefused(str(violation)) from violation
    run = IngestionRun.objects.filter(task_id=message["task_id"]).first()
    if run is None:
        raise MessageRefused(f"there is no run of the task {message['task_id']}")
    differing = [name for name in AS_THE_RUN_SAYS if name in message and message[name] != getattr(run, name)]
    if differing:
        raise MessageRefused(f"its run #{run.pk} says something else of {', '.join(differing)}")
    return run


def prepare_view(message: JobMessage) -> None:
    view_id = message.get("view")
    if type(view_id) is not int or len(message) != 1:
        raise MessageRefused("it does not name one view")
    prepare(view_id)


# By their names in messages. A new job is added here; its function checks its message, as `ingest` does.
FUNCTIONS: Mapping[str, Callable[[JobMessage], Any]] = {
    queue.INGEST: ingest,
    queue.PREPARE: prepare_view,
}
