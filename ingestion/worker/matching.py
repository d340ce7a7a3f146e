"""What a worker does when no list waits: matching, and training the model of it."""

from __future__ import annotations

import logging

from django.db import InterfaceError, OperationalError
from django.utils import timezone

from catalog.linking.learning import train
from ingestion.actions.matching import match_run
from ingestion.models import MatchingTask
from ingestion.models.facts import MatchingCounts
from ingestion.runs.matching import alone, fail_task, finish_task, next_task, put_back_lost, start_task

logger = logging.getLogger(__name__)


def work_on_next_task() -> bool:
    """Whether there was one, and nobody else was at it."""
    if not MatchingTask.objects.open().exists():
        return False
    with alone() as is_free:
        if not is_free:
            return False
        put_back_lost()
        task = next_task(at=timezone.now())
        if task is None or not start_task(task, at=timezone.now()):
            return False
        carry_out(task)
    return True


def carry_out(task: MatchingTask) -> None:
    """What goes wrong is on record with the task. What the database did not answer is put back by who comes next."""
    try:
        counts = match_run(task.run) if task.run else trained()
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        logger.exception("Matching %s failed", task)
        fail_task(task, f"{type(error).__name__}: {error}")
    else:
        finish_task(task, counts)


def trained() -> MatchingCounts:
    train()
    return MatchingCounts()
