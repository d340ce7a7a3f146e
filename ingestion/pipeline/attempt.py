"""The attempts of a run: whose turn it is, who holds the supplier, and what becomes of one that fails."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta

from django.conf import settings
from django.db import DatabaseError as DjangoDatabaseError
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ingestion.errors import (
    ConfigurationError,
    DatabaseError,
    ErrorType,
    IngestionError,
    NeedsPerson,
    ParserError,
    TakesForceLater,
)
from ingestion.lists.problems import FULL, failure_of
from ingestion.models import IngestionRun
from ingestion.models.facts import DriftReport, Understanding
from ingestion.pipeline.read import sheet_understood
from ingestion.pipeline.stages import take_in
from ingestion.pricegrid import ListRefused
from ingestion.reader import unexpected
from ingestion.runs import life_cycle, order
from ingestion.runs.creation import look_ahead
from ingestion.runs.life_cycle import RunMoved
from ingestion.runs.supplier_lock import Presence, SupplierBusy, work_on
from ingestion.runs.task_log import logged_as

Status = IngestionRun.Status

LOST_WORKER = _("The worker of this run disappeared; the run was sent again.")

logger = logging.getLogger(__name__)


class DataRefused(DatabaseError):
    """The database does not take what the run wants to store; trying again would not change that."""

    can_heal = False


class WorkerLost(DatabaseError):
    """The worker of a run is gone; another one may do better."""


def run_ingestion(run: IngestionRun, *, wait: bool = False) -> None:
    """Takes the list of a run in, to its end: everything, or nothing and the reason.

    Raises SupplierBusy or RunMoved where it is not this run's turn, and the IngestionError after it is on record:
    the run is then back in the queue, if that may help, or has failed. A run that was cancelled, was overtaken or asks
    raises nothing.
    """
    if run.supplier_id is None:
        raise life_cycle.fail_without_supplier(run)
    with work_on(run.supplier_id, wait=wait) as presence:
        release_dead(run.supplier_id, but=run.pk)
        if order.blocked_by(run):
            raise RunMoved(f"Run {run.pk} has to wait for earlier lists of its source")
        attempt(run, presence)


def work_off(supplier_id: int, *, seconds: float, known: IngestionRun | None = None) -> bool:
    """Runs what is due of a supplier, in its order, for so long; says whether something is left for another job.

    Whoever finds the supplier busy may leave: who holds it looks again after letting go. `known` is a run that was
    read just now and need not be read again.
    """
    deadline = time.monotonic() + seconds
    while True:
        try:
            with work_on(supplier_id) as presence:
                run_next(supplier_id, presence, known)
        except SupplierBusy:
            return False
        if order.first_due(order.unfinished_of(supplier_id), at=timezone.now()) is None:
            return False
        if time.monotonic() > deadline:
            return True
        known = None


def run_next(supplier_id: int, presence: Presence, known: IngestionRun | None) -> None:
    places = order.unfinished_of(supplier_id)
    if any(place.status == Status.RUNNING for place in places):
        release_dead(supplier_id)
        places = order.unfinished_of(supplier_id)
    pk = order.first_due(places, at=timezone.now())
    if pk is None:
        return
    run = known if known and known.pk == pk else IngestionRun.objects.get(pk=pk)
    with suppress(RunMoved, IngestionError):  # they are on record, with the run
        attempt(run, presence)


def attempt(run: IngestionRun, presence: Presence) -> None:
    """One attempt of a run whose supplier is held, and whose turn it is."""
    with logged_as(run.task_id):
        life_cycle.start(run, at=timezone.now())
        try:
            with as_ingestion_errors():
                refuse_stale(run)
                take_in(run, presence)
        except RunMoved:
            run.refresh_from_db()
        except TakesForceLater as later:
            seen = Understanding(sheets=tuple(map(sheet_understood, later.sheets)))
            life_cycle.schedule(run, later, understanding=seen, at=timezone.now())
            look_ahead(run, date.fromisoformat(later.day))
        except NeedsPerson as question:
            sheets = tuple(map(sheet_understood, question.sheets))
            seen = Understanding(sheets=sheets, questions=tuple(question.questions))
            drift = DriftReport.from_json(question.drift)
            life_cycle.ask(run, question, understanding=seen, drift=drift, at=timezone.now())
        except IngestionError as error:
            record_failure(run, error, stage=presence.stage)
            raise


def refuse_stale(run: IngestionRun) -> None:
    if timezone.now() - run.due_at > timedelta(hours=settings.INGESTION_EXPIRES_HOURS):
        raise ConfigurationError(_("The run waited in the queue for too long and was not started: run it again."))


def run_to_end(run: IngestionRun) -> None:
    """In this process, without a queue: waits for the supplier's other runs, and tries as often as a worker.

    Earlier lists of the source go first, and are taken in by this process, too, where no worker does.
    """
    while run.is_under_way:
        first = order.blocked_by(run) or run
        pause = (first.due_at - timezone.now()).total_seconds()
        if first.status == Status.QUEUED and pause > 0:
            time.sleep(pause)
        with suppress(RunMoved, IngestionError):
            run_ingestion(first, wait=True)
        run.refresh_from_db()


def release_dead(supplier_id: int, *, but: int = 0) -> int:
    """Whoever holds the supplier knows that the workers of its running runs are gone; they keep their places."""
    released = 0
    for dead in IngestionRun.objects.of_supplier(supplier_id).running().exclude(pk=but):
        with suppress(RunMoved):
            life_cycle.put_back(dead, WorkerLost(LOST_WORKER), at=timezone.now(), pause=0)
            released += 1
    return released


def record_failure(run: IngestionRun, error: IngestionError, *, stage: str) -> None:
    """Puts the run back or fails it; where even that is impossible, the next attempt or the reconciler will."""
    connection.close_if_unusable_or_obsolete()
    try:
        if error.can_heal:
            life_cycle.put_back(run, error, at=timezone.now(), stage=stage)
        else:
            life_cycle.fail(run, error, at=timezone.now(), stage=stage)
    except (RunMoved, OperationalError, InterfaceError):
        logger.warning("The failure of run %s could not be recorded", run.pk, exc_info=True)


@contextmanager
def as_ingestion_errors() -> Iterator[None]:
    """Every way to fail, as an error of the contract. What nobody foresaw goes to the log with its traceback."""
    try:
        yield
    except (IngestionError, RunMoved):
        raise
    except ListRefused as refusal:
        raise _refused(refusal) from refusal
    except (OperationalError, InterfaceError) as error:
        raise DatabaseError(_("The database could not be reached or gave up: %s") % str(error).strip()) from error
    except DjangoDatabaseError as error:
        logger.exception("The database refused a run")
        raise DataRefused(_("The database refused the list: %s") % str(error).strip()) from error
    except Exception as error:
        if isinstance(error, OSError) and error.errno in FULL:
            raise failure_of(error) from error
        logger.exception("A run failed unexpectedly")
        raise unexpected(type(error).__name__, str(error)) from error


def _refused(refusal: ListRefused) -> IngestionError:
    error = ParserError(refusal.message)
    error.error_type = ErrorType(refusal.error_type)
    return error
