"""The stages of a run, strung together, and what becomes of a run whose list cannot be taken in."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError as DjangoDatabaseError
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ingestion.errors import ConfigurationError, DatabaseError, ErrorType, IngestionError, NeedsPerson, ParserError
from ingestion.lists.opened import OpenedList, open_for_run
from ingestion.lists.problems import FULL, failure_of
from ingestion.models import IngestionRun
from ingestion.models.facts import DriftReport, RunOutcome, Understanding
from ingestion.pipeline.applying.apply import apply, write_logs
from ingestion.pipeline.applying.changes import keep_changes, summary_of
from ingestion.pipeline.comparing.compare import compare
from ingestion.pipeline.comparing.queries import Differences
from ingestion.pipeline.guarding.guards import Verdict, count_ignored, judge, too_many_failed
from ingestion.pipeline.outcome import asking, ended, nothing_to_do
from ingestion.pipeline.read import Outcome, sheet_understood, told
from ingestion.pipeline.receive import is_known, receive
from ingestion.pipeline.staging import queries
from ingestion.pipeline.staging.stage import settle, stage_rows
from ingestion.pipeline.watch import interruptible
from ingestion.pricegrid import ListRefused
from ingestion.reader import apart, limits_for, unexpected
from ingestion.runs import life_cycle, order
from ingestion.runs.life_cycle import RunMoved
from ingestion.runs.supplier_lock import Presence, SupplierBusy, work_on
from ingestion.runs.task_log import logged_as
from suppliers.models import Supplier

Status = IngestionRun.Status
COMPARED, APPLIED = 80, 95  # progress in per cent

LOST = _("The worker of this run disappeared; the run was sent again.")

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
        except NeedsPerson as question:
            seen = Understanding(sheets=tuple(map(sheet_understood, question.sheets)))
            drift = DriftReport.from_json(question.drift)
            life_cycle.ask(run, question, understanding=seen, drift=drift, at=timezone.now())
        except IngestionError as error:
            record(run, error)
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
            life_cycle.put_back(dead, WorkerLost(LOST), at=timezone.now(), pause=0)
            released += 1
    return released


def record(run: IngestionRun, error: IngestionError) -> None:
    """Puts the run back or fails it; where even that is impossible, the next attempt or the reconciler will."""
    connection.close_if_unusable_or_obsolete()
    try:
        if error.can_heal:
            life_cycle.put_back(run, error, at=timezone.now())
        else:
            life_cycle.fail(run, error, at=timezone.now())
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
        raise refused(refusal) from refusal
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


def refused(refusal: ListRefused) -> IngestionError:
    error = ParserError(refusal.message)
    error.error_type = ErrorType(refusal.error_type)
    return error


def take_in(run: IngestionRun, presence: Presence) -> None:
    started, at = time.monotonic(), run.started_at or timezone.now()
    price_list = receive(run, at=at)
    revision = look_again(run)
    newer = order.overtaken_by(run)
    if newer is not None:
        life_cycle.overtake(run, newer, at=timezone.now())
        return
    if not run.force and is_known(run, price_list):
        with transaction.atomic():
            life_cycle.finish(run, nothing_to_do(), seconds=time.monotonic() - started, at=timezone.now())
        return
    opened = open_for_run(run)
    with opened.file() as path:
        take_in_file(run, opened, path, presence, revision=revision, started=started, at=at)


def look_again(run: IngestionRun) -> int:
    """Who waited for the supplier sees what others did. What a dry run found holds for its own catalog only.

    Says at which revision the supplier's items are.
    """
    if run.source:
        run.source.refresh_from_db()
    revision = Supplier.objects.values_list("revision", flat=True).get(pk=run.supplier_id or 0)
    if run.applies and run.applies.revision != revision:
        life_cycle.make_dry(run)
    return revision


def take_in_file(
    run: IngestionRun,
    opened: OpenedList,
    path: Path,
    presence: Presence,
    *,
    revision: int,
    started: float,
    at: datetime,
) -> None:
    """One transaction. Another process reads while this one writes."""
    report, work = partial(presence.report, run), partial(told, opened, path)
    with transaction.atomic():
        with apart(work, limits=limits_for(path), on_wait=partial(report, 0)) as messages:
            outcome = stage_rows(messages, report)
        with interruptible(partial(report, 0)):
            result = take_in_rows(run, outcome, presence, revision=revision, at=at)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # foreign keys are checked here, not in the commit
        life_cycle.finish(run, result, seconds=time.monotonic() - started, at=timezone.now())


def take_in_rows(run: IngestionRun, outcome: Outcome, presence: Presence, *, revision: int, at: datetime) -> RunOutcome:
    assert run.supplier_id is not None
    staged = settle(outcome, supplier_id=run.supplier_id)
    if staged.counts:
        queries.index_failed()
    count_ignored(run, staged)
    question = too_many_failed(run, staged)
    if question and not run.dry_run:
        write_logs(run, staged, outcome.understanding, at=at)
        return asking(staged, question, outcome.understanding)
    verdict = Verdict(Differences(), said=[question] if question else [])
    if staged.successful:
        found = compare(staged, supplier_id=run.supplier_id, source_id=run.source_id)
        presence.report(run, COMPARED)
        verdict = judge(run, staged, found, verdict.said)
        keep_changes(run, staged, at=at)
        if not run.dry_run:
            apply(run, staged, verdict, at=at)
        presence.report(run, APPLIED)
    if not run.dry_run:
        write_logs(run, staged, outcome.understanding, at=at)
    summary = summary_of(run, staged, verdict)
    return ended(run, staged, verdict.found, outcome.understanding, summary, revision)
