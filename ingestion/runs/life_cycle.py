"""The life cycle of a run. The only writer of its status: every move is an UPDATE guarded by the status before it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Case, F, IntegerField, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg.errors import UniqueViolation

from ingestion.errors import ConfigurationError, IngestionError, NeedsPerson
from ingestion.lists import sources
from ingestion.models import IngestionRun, ParsingLog, PriceList, states
from ingestion.parsers.registry import get_parser
from ingestion.pricegrid import Message
from ingestion.runs import order
from ingestion.texts import text_of
from suppliers.models import PriceListSource, Supplier

Status = IngestionRun.Status
RETRY_SECONDS = (1, 5, 25)  # between the attempts at what can heal
ONE_EACH = ("run_once_per_request", "run_dry_run_applied_once")
COUNTS = (
    "total_rows", "successful_rows", "failed_rows", "skipped_rows", "new_items", "changed_items", "unchanged_items",
    "missing_items", "returned_items", "new_drafts", "held_items",
)  # fmt: skip


class RunMoved(Exception):
    """The run is not in the status that the move starts from: somebody else was faster, or it was cancelled."""


class UnderWay(ConfigurationError):
    """What was asked for is being done already, by an unfinished run: where there is one, `run`."""

    def __init__(self, run: IngestionRun | None) -> None:
        super().__init__(
            gettext_lazy("This is under way already: run #%(number)d.") % {"number": run.pk}
            if run
            else gettext_lazy("This is under way already.")
        )
        self.run = run


def create_run(  # noqa: PLR0913
    *,
    supplier: Supplier | None = None,
    source: PriceListSource | None = None,
    price_list: PriceList | None = None,
    parser_type: str = "",
    config: Mapping[str, Any] | None = None,
    by: User | None = None,
    force: bool = False,
    dry_run: bool = False,
    is_confirmed: bool = False,
    applies: IngestionRun | None = None,
    despite_newer: bool = False,
    comment: str = "",
    priority: str = IngestionRun.Priority.NORMAL,
    at: datetime | None = None,
) -> IngestionRun:
    """A queued run of a price list, or of what its source has now: the newest upload, or the sheet when it is fetched.

    `config` goes over the source's own reading settings; of a confirmed run it is all there is. Raises
    ConfigurationError where there is nothing to read or the settings are wrong, UnderWay where an unfinished run does
    the same already: the database decides, however many ask at once.
    """
    source = source or (price_list.source if price_list else None)
    supplier = supplier or (source.supplier if source else None)
    if supplier is None:
        raise ConfigurationError(
            gettext_lazy("The supplier of this price list was deleted; upload it for another one.")
        )
    if price_list is None and source and source.kind == PriceListSource.Kind.UPLOAD:
        price_list = source.price_lists.first()
        if price_list is None:
            raise ConfigurationError(_("“%s” has no price list yet: upload one first.") % source)
    parser = get_parser(parser_type) if parser_type else sources.parser_of(source, price_list)
    source_config = dict(config or {}) if is_confirmed else {**sources.config_of(source), **(config or {})}
    parser.check(source_config)
    at = at or timezone.now()
    return created(
        task_id=uuid.uuid4().hex,
        supplier=supplier,
        supplier_name=supplier.name,
        source=source,
        price_list=price_list,
        parser_type=parser.name,
        source_config=source_config,
        priority=priority,
        force=force,
        dry_run=dry_run,
        is_confirmed=is_confirmed,
        applies=applies,
        despite_newer=despite_newer,
        comment=comment,
        started_by=by,
        created_at=at,
        due_at=at,
    )


def create_alike(run: IngestionRun, **changes: Any) -> IngestionRun:
    """A queued run of the same list, read in the same way. Raises what `create_run` does."""
    return create_run(
        supplier=run.supplier,
        source=run.source,
        price_list=run.price_list,
        parser_type=run.parser_type,
        config=run.source_config,
        is_confirmed=run.is_confirmed,
        **changes,
    )


def created(**facts: Any) -> IngestionRun:
    """Raises UnderWay where the database has an unfinished run that does the same."""
    run = IngestionRun(**facts)
    run.request = order.request_of(run)
    with one_of_its_kind(run), transaction.atomic():
        run.save(force_insert=True)
    return run


@contextmanager
def one_of_its_kind(run: IngestionRun) -> Iterator[None]:
    """Tells the constraints that two presses of a button run into from those that would be a mistake of ours."""
    try:
        yield
    except IntegrityError as error:
        if not isinstance(error.__cause__, UniqueViolation) or error.__cause__.diag.constraint_name not in ONE_EACH:
            raise
        same = IngestionRun.objects.under_way().filter(request=run.request)
        if run.applies_id:
            same |= IngestionRun.objects.open_or_taken_in().filter(applies=run.applies_id)
        raise UnderWay(same.exclude(pk=run.pk).order_by("id").first()) from error


def move(run: IngestionRun, *, start_from: tuple[str, ...], **changes: Any) -> None:
    """Raises RunMoved unless the run was in one of the statuses `start_from`."""
    if not IngestionRun.objects.filter(pk=run.pk, status__in=start_from).update(**changes):
        raise RunMoved(f"Run {run.pk} is not {' or '.join(start_from)} any more")
    run.refresh_from_db()


def start(run: IngestionRun, *, at: datetime) -> None:
    """To be called by who holds the supplier (`supplier_lock`): if the run says running, its worker died."""
    move(
        run,
        start_from=states.UNDER_WAY,
        retry_count=Case(
            When(status=Status.RUNNING, then=F("retry_count") + 1),
            default=F("retry_count"),
            output_field=IntegerField(),
        ),
        status=Status.RUNNING,
        started_at=at,
        heartbeat_at=at,
        finished_at=None,
        progress=0,
        message="",
        error_type="",
        error_counts={},
        drift={},
        summary={},
        waits_for="",
        **dict.fromkeys(COUNTS, 0),
    )


def record(*, supplier: Supplier | None, by: User | None, at: datetime, **facts: Any) -> IngestionRun:
    """A run that a person's click has done already: an undo, a decision, an edit by hand."""
    assert supplier is not None
    return IngestionRun.objects.create(
        task_id=uuid.uuid4().hex,
        supplier=supplier,
        supplier_name=supplier.name,
        status=Status.SUCCESS,
        started_by=by,
        created_at=at,
        started_at=at,
        finished_at=at,
        progress=100,
        **facts,
    )


def sum_up(run: IngestionRun, *, seconds: float, **summary: Any) -> None:
    """What such a run has changed, in figures."""
    run.summary = {**run.summary, **summary}
    run.processing_seconds = seconds
    buckets = run.summary["buckets"]
    run.changed_items = sum(count for kind, count in buckets.items() if kind != "conflict")
    run.save(update_fields=["summary", "processing_seconds", "changed_items"])


def finish(run: IngestionRun, *, status: str, seconds: float, at: datetime, **facts: Any) -> None:
    """The end of a run that could be taken in, in the transaction of what it stores."""
    move(
        run,
        start_from=(Status.RUNNING,),
        status=status,
        finished_at=at,
        progress=100,
        processing_seconds=seconds,
        is_dead_letter=status == Status.FAILURE,
        **facts,
    )
    if run.is_taken_in and not run.dry_run:
        overtake_waiting(run, at=at)


def overtake(run: IngestionRun, newer: IngestionRun, *, at: datetime) -> None:
    """The end of a run whose list is older than one that is stored: nothing of it is applied."""
    move(
        run,
        start_from=(Status.RUNNING,),
        status=Status.OVERTAKEN,
        finished_at=at,
        overtaken_by=newer,
        message=order.overtaken_text(newer),
        processing_seconds=max((at - (run.started_at or at)).total_seconds(), 0),
    )


def overtake_waiting(newer: IngestionRun, *, at: datetime) -> None:
    """Older lists of the source that wait for a person need no answer any more, now that `newer` is stored."""
    order.waiting_behind(newer).update(
        status=Status.OVERTAKEN,
        finished_at=at,
        overtaken_by=newer,
        waits_for="",
        error_type="",
        message=order.overtaken_text(newer),
    )


def make_dry(run: IngestionRun) -> None:
    """A running run will store nothing after all."""
    move(run, start_from=(Status.RUNNING,), dry_run=True, revision=run.revision)


@transaction.atomic
def fail(run: IngestionRun, error: IngestionError, *, at: datetime) -> None:
    """The list as a whole could not be taken in; the parsing log says why."""
    stop(run, error, at=at, start_from=states.UNDER_WAY, status=Status.FAILURE, is_dead_letter=True)


def fail_without_supplier(run: IngestionRun) -> ConfigurationError:
    error = ConfigurationError(gettext_lazy("The supplier of this run was deleted."))
    fail(run, error, at=timezone.now())
    return error


@transaction.atomic
def ask(run: IngestionRun, question: NeedsPerson, *, understanding: Mapping[str, Any], at: datetime) -> None:
    """The run waits for a person; nothing of the list is stored before."""
    found = {"drift": question.drift, "understanding": understanding, "waits_for": IngestionRun.WaitsFor.MAPPING}
    stop(run, question, at=at, start_from=(Status.RUNNING,), status=Status.WAITING, **found)


def stop(
    run: IngestionRun, error: IngestionError, *, at: datetime, start_from: tuple[str, ...], **changes: Any
) -> None:
    started, message = run.started_at or at, text_of(error.message)
    move(
        run,
        start_from=start_from,
        finished_at=at,
        processing_seconds=max((at - started).total_seconds(), 0),
        error_type=error.error_type,
        message=message,
        error_counts={str(error.error_type): {"count": 1, "sample": message}},
        **changes,
    )
    ParsingLog.objects.create(
        task_id=run.task_id,
        run=run,
        supplier_id=run.supplier_id,
        supplier_name=run.supplier_name,
        error_type=error.error_type,
        message=message,
        cause=error.message.code if isinstance(error.message, Message) else "",
        created_at=at,
    )


def put_back(run: IngestionRun, error: IngestionError, *, at: datetime, pause: float | None = None) -> bool:
    """Back to the queue for another attempt, in its old place, while there is one left; else it has failed for good.

    `pause` is in seconds; without one, what the other side asked for, or what is usual at this attempt.
    """
    if run.retry_count >= run.max_retries:
        fail(run, error, at=at)
        return False
    if pause is None:
        pause = error.retry_after or RETRY_SECONDS[min(run.retry_count, len(RETRY_SECONDS) - 1)]
    move(
        run,
        start_from=(Status.RUNNING,),
        status=Status.QUEUED,
        due_at=at + timedelta(seconds=pause),
        retry_count=F("retry_count") + 1,
        progress=0,
        error_type=error.error_type,
        message=text_of(error.message),
    )
    return True


def cancel(run: IngestionRun, *, by: User | None = None, at: datetime | None = None) -> None:
    """A queued or waiting run will not start; a running one stops at its next sign of life and stores nothing."""
    message = _("Cancelled by %s.") % by if by else _("Cancelled.")
    move(run, start_from=states.OPEN, status=Status.CANCELLED, finished_at=at or timezone.now(), message=message)


def answer(run: IngestionRun, config: Mapping[str, Any]) -> None:
    """A run that waited for a person goes on: its list is read as the person has said."""
    resume(run, source_config=config, is_confirmed=True)


def resume(run: IngestionRun, **changes: Any) -> None:
    """A run that waited for a person goes on, read as before."""
    queue_again(run, start_from=(Status.WAITING,), **changes)


def revive(run: IngestionRun) -> None:
    """A run that failed or was cancelled waits in the queue again, with all its retries."""
    queue_again(run, start_from=states.REVIVABLE, retry_count=0, is_dead_letter=False)


def queue_again(run: IngestionRun, *, start_from: tuple[str, ...], **changes: Any) -> None:
    """Raises UnderWay where another unfinished run does the same by now."""
    for name, value in changes.items():
        setattr(run, name, value)
    run.request = order.request_of(run)
    with one_of_its_kind(run), transaction.atomic():
        move(
            run,
            start_from=start_from,
            status=Status.QUEUED,
            request=run.request,
            due_at=timezone.now(),
            finished_at=None,
            progress=0,
            message="",
            error_type="",
            **changes,
        )


def forget_dead_letter(task_id: str) -> int:
    """Whoever does so has seen it; says how many there were."""
    return IngestionRun.objects.dead_letters().filter(task_id=task_id).update(is_dead_letter=False)
