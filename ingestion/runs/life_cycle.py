"""The life cycle of a run. The only writer of its status: every move is an UPDATE guarded by the status before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any, TypedDict, Unpack

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Case, F, IntegerField, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ingestion.errors import ConfigurationError, IngestionError, NeedsPerson, TakesForceLater
from ingestion.models import IngestionRun, ParsingLog, states
from ingestion.models.facts import DriftReport, ErrorCount, RunCounts, RunOutcome, Understanding, errors_to_json
from ingestion.pricegrid import Message
from ingestion.pricegrid.problems import lists
from ingestion.runs import order
from ingestion.runs.requests import one_of_its_kind, request_key
from ingestion.texts import text_of

_Status = IngestionRun.Status
RETRY_SECONDS = (1, 5, 25)  # between the attempts at what can heal
NO_COUNTS = asdict(RunCounts())


class PersonsAnswer(TypedDict, total=False):
    """What a person has said about a run that waited, as columns of the run."""

    source_config: dict[str, Any]
    is_confirmed: bool
    quality_accepted: bool
    comment: str


class RunMoved(Exception):
    """The run is not in the status that the move starts from: somebody else was faster, or it was cancelled."""


def move(run: IngestionRun, *, start_from: tuple[str, ...], **columns: Any) -> None:
    """The one UPDATE of a run's status. Raises RunMoved unless it was one of `start_from`; the run is read again."""
    if not IngestionRun.objects.filter(pk=run.pk, status__in=start_from).update(**columns):
        raise RunMoved(f"Run {run.pk} is not {' or '.join(start_from)} any more")
    run.refresh_from_db()


def start(run: IngestionRun, *, at: datetime) -> None:
    """To be called by who holds the supplier (`supplier_lock`): if the run says running, its worker died."""
    move(
        run,
        start_from=states.UNDER_WAY,
        retry_count=Case(
            When(status=_Status.RUNNING, then=F("retry_count") + 1),
            default=F("retry_count"),
            output_field=IntegerField(),
        ),
        status=_Status.RUNNING,
        started_at=at,
        heartbeat_at=at,
        finished_at=None,
        stage="",
        progress=0,
        message="",
        error_type="",
        error_counts={},
        drift={},
        summary={},
        waits_for="",
        **NO_COUNTS,
    )


def finish(run: IngestionRun, outcome: RunOutcome, *, seconds: float, at: datetime) -> None:
    """The end of a run that could be taken in, in the transaction of what it stores; or it waits for a person.

    Raises RunMoved where the run is not at work any more.
    """
    move(
        run,
        start_from=(_Status.RUNNING,),
        finished_at=at,
        stage="",
        progress=100,
        processing_seconds=seconds,
        is_dead_letter=outcome.status == _Status.FAILURE,
        **outcome_columns(outcome),
    )
    if run.is_taken_in and not run.dry_run:
        overtake_waiting(run, at=at)


def outcome_columns(outcome: RunOutcome) -> dict[str, Any]:
    """What was not found out stays as it is."""
    columns = {
        "status": outcome.status,
        **asdict(outcome.counts),
        "error_counts": errors_to_json(outcome.errors),
        "error_type": outcome.error_type,
        "message": outcome.message,
        "waits_for": outcome.waits_for,
    }
    if outcome.understanding is not None:
        columns["understanding"] = outcome.understanding.to_json()
    if outcome.summary is not None:
        columns |= {"summary": outcome.summary.to_json(), "revision": outcome.revision}
    return columns


def overtake(run: IngestionRun, newer: IngestionRun, *, at: datetime) -> None:
    """The end of a run whose list is older than one that is stored: nothing of it is applied."""
    move(
        run,
        start_from=(_Status.RUNNING,),
        status=_Status.OVERTAKEN,
        finished_at=at,
        stage="",
        overtaken_by=newer,
        message=order.overtaken_text(newer),
        processing_seconds=seconds_since_start(run, at=at),
    )


def overtake_waiting(newer: IngestionRun, *, at: datetime) -> None:
    """Older lists of the source that wait for a person need no answer any more, now that `newer` is stored."""
    order.waiting_behind(newer).update(
        status=_Status.OVERTAKEN,
        finished_at=at,
        overtaken_by=newer,
        waits_for="",
        error_type="",
        message=order.overtaken_text(newer),
    )


def make_dry(run: IngestionRun) -> None:
    """A running run will store nothing after all."""
    move(run, start_from=(_Status.RUNNING,), dry_run=True)


@transaction.atomic
def fail(run: IngestionRun, error: IngestionError, *, at: datetime, stage: str = "") -> None:
    """The list as a whole could not be taken in, in which stage of its way; the parsing log says why."""
    columns = stopped_by(error, run, at=at)
    move(run, start_from=states.UNDER_WAY, status=_Status.FAILURE, is_dead_letter=True, stage=stage, **columns)
    log_error(run, error, at=at)


def fail_without_supplier(run: IngestionRun) -> ConfigurationError:
    error = ConfigurationError(gettext_lazy("The supplier of this run was deleted."))
    fail(run, error, at=timezone.now())
    return error


@transaction.atomic
def ask(
    run: IngestionRun, question: NeedsPerson, *, understanding: Understanding, drift: DriftReport, at: datetime
) -> None:
    """The run waits for a person; nothing of the list is stored before."""
    move(
        run,
        start_from=(_Status.RUNNING,),
        status=_Status.WAITING,
        waits_for=answer_to(question),
        stage="",
        understanding=understanding.to_json(),
        drift=drift.to_json() if drift.changes else {},
        **stopped_by(question, run, at=at),
    )
    log_error(run, question, at=at)


def schedule(run: IngestionRun, later: TakesForceLater, *, understanding: Understanding, at: datetime) -> None:
    """The run goes on when the day of its list has come; nothing of it is stored before."""
    day = date.fromisoformat(later.day)
    move(
        run,
        start_from=(_Status.RUNNING,),
        status=_Status.SCHEDULED,
        takes_force_on=day,
        due_at=start_of(day),
        finished_at=at,
        stage="",
        progress=0,
        understanding=understanding.to_json(),
        message=text_of(later.message),
        processing_seconds=seconds_since_start(run, at=at),
    )


def put_off(run: IngestionRun, day: date, *, comment: str) -> None:
    """A run that was made for a day to come."""
    columns = {"status": _Status.SCHEDULED, "due_at": start_of(day), "comment": comment}
    move(run, start_from=(_Status.QUEUED,), **columns)


def start_of(day: date) -> datetime:
    """In the office's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def awaken(run: IngestionRun, *, comment: str = "") -> None:
    """The day of its list has come, or a person does not wait for it. Raises UnderWay like `queue_again`."""
    with transaction.atomic():
        if comment:
            move(run, start_from=(_Status.SCHEDULED,), comment=comment)
        queue_again(run, start_from=(_Status.SCHEDULED,))


def answer_to(question: NeedsPerson) -> IngestionRun.WaitsFor:
    """Where nothing but the currency is asked, one word is the answer."""
    only_currency = set(question.codes) == {lists.NO_CURRENCY.code}
    return IngestionRun.WaitsFor.CURRENCY if only_currency else IngestionRun.WaitsFor.MAPPING


def stopped_by(error: IngestionError, run: IngestionRun, *, at: datetime) -> dict[str, Any]:
    """What the columns of a run say whose list as a whole cannot be taken in."""
    message = text_of(error.message)
    return {
        "finished_at": at,
        "processing_seconds": seconds_since_start(run, at=at),
        "error_type": error.error_type,
        "message": message,
        "error_counts": errors_to_json({error.error_type: ErrorCount(1, message)}),
    }


def seconds_since_start(run: IngestionRun, *, at: datetime) -> float:
    return max((at - (run.started_at or at)).total_seconds(), 0)


def log_error(run: IngestionRun, error: IngestionError, *, at: datetime) -> None:
    ParsingLog.objects.create(
        task_id=run.task_id,
        run=run,
        supplier_id=run.supplier_id,
        supplier_name=run.supplier_name,
        error_type=error.error_type,
        message=text_of(error.message),
        cause=error.message.code if isinstance(error.message, Message) else "",
        created_at=at,
    )


def put_back(
    run: IngestionRun, error: IngestionError, *, at: datetime, pause: float | None = None, stage: str = ""
) -> bool:
    """Back to the queue for another attempt, in its old place, while there is one left; else it has failed for good.

    `pause` is in seconds; without one, what the other side asked for, or what is usual at this attempt.
    """
    if run.retry_count >= run.max_retries:
        fail(run, error, at=at, stage=stage)
        return False
    if pause is None:
        pause = error.retry_after or RETRY_SECONDS[min(run.retry_count, len(RETRY_SECONDS) - 1)]
    move(
        run,
        start_from=(_Status.RUNNING,),
        status=_Status.QUEUED,
        due_at=at + timedelta(seconds=pause),
        retry_count=F("retry_count") + 1,
        stage=stage,
        progress=0,
        error_type=error.error_type,
        message=text_of(error.message),
    )
    return True


def mark_cancelled(run: IngestionRun, *, by: User | None = None, at: datetime | None = None) -> None:
    """A queued or waiting run will not start; a running one stops at its next sign of life and stores nothing."""
    message = _("Cancelled by %s.") % by if by else _("Cancelled.")
    move(run, start_from=states.OPEN, status=_Status.CANCELLED, finished_at=at or timezone.now(), message=message)


def answer(run: IngestionRun, config: Mapping[str, Any]) -> None:
    """A run that waited for a person goes on: its list is read as the person has said."""
    resume(run, source_config=dict(config), is_confirmed=True)


def resume(run: IngestionRun, **said: Unpack[PersonsAnswer]) -> None:
    """A run that waited for a person goes on; what was not said stays as it was."""
    with transaction.atomic():
        if said:
            move(run, start_from=(_Status.WAITING,), **said)
        queue_again(run, start_from=(_Status.WAITING,))


def revive(run: IngestionRun) -> None:
    """A run that failed or was cancelled waits in the queue again, with all its retries."""
    with transaction.atomic():
        move(run, start_from=states.REVIVABLE, retry_count=0, is_dead_letter=False)
        queue_again(run, start_from=states.REVIVABLE)


def queue_again(run: IngestionRun, *, start_from: tuple[str, ...]) -> None:
    """Raises UnderWay where another unfinished run does the same by now."""
    request = request_key(run)
    with one_of_its_kind(run, request), transaction.atomic():
        move(
            run,
            start_from=start_from,
            status=_Status.QUEUED,
            request=request,
            due_at=timezone.now(),
            finished_at=None,
            stage="",
            progress=0,
            message="",
            error_type="",
        )


def forget_dead_letter(task_id: str) -> int:
    """Whoever does so has seen it; says how many there were."""
    return IngestionRun.objects.dead_letters().filter(task_id=task_id).update(is_dead_letter=False)
