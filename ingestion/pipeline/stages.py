"""The stages of a run, in their order: each takes a context and returns one that knows more, or the end of the run.

What `receive` stores stays, whatever comes: a list that was fetched is kept. From `read` to the end is one
transaction: all that a run stores, or nothing. `read` and `stage` work at the same time: a process that `read` starts
sends its lines through a pipe, and `stage` copies them into the database while they come; so `read` has returned
before the first row is understood, and why a list cannot be read is raised in `stage`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack

from django.db import transaction
from django.utils import timezone

from ingestion.models import IngestionRun
from ingestion.models.facts import RunOutcome
from ingestion.pipeline.applying.apply import apply
from ingestion.pipeline.applying.changes import keep_changes
from ingestion.pipeline.applying.log import log
from ingestion.pipeline.comparing.compare import compare
from ingestion.pipeline.context import Context, Held
from ingestion.pipeline.guarding.guards import guard
from ingestion.pipeline.outcome import Overtaken
from ingestion.pipeline.read import read
from ingestion.pipeline.receive import receive
from ingestion.pipeline.staging.stage import stage
from ingestion.runs import life_cycle
from ingestion.runs.creation import create_for_later, look_ahead
from ingestion.runs.matching import ask_for_matching
from ingestion.runs.supplier_lock import Presence

RunEnd = RunOutcome | Overtaken
Stage = Callable[[Context], Context | RunEnd]

STAGES: tuple[Stage, ...] = (receive, read, stage, compare, guard, keep_changes, apply, log)
ONLY_STORED = (compare, guard, keep_changes, apply)  # left out where nothing of the list goes in
DONE = {"compare": 80, "apply": 95}  # progress after a stage, in per cent; `stage` tells its own


def take_in(run: IngestionRun, presence: Presence) -> None:
    started = time.monotonic()
    assert run.supplier_id is not None
    with ExitStack() as whole, ExitStack() as reader, ExitStack() as watch:
        held = Held(whole, reader, watch)
        end = go_through(Context(run, presence, held, run.supplier_id, run.started_at or timezone.now()))
        watch.close()  # the last statement must not be cancelled any more
        put_on_record(run, end, seconds=time.monotonic() - started)


def go_through(context: Context) -> RunEnd:
    for work in STAGES:
        if work in ONLY_STORED and not context.goes_in:
            continue
        context.presence.enter(work.__name__)
        result = work(context)
        if not isinstance(result, Context):
            return result
        context = result
        if work.__name__ in DONE:
            context.report(DONE[work.__name__])
    raise AssertionError("the last stage ends the run")


def put_on_record(run: IngestionRun, end: RunEnd, *, seconds: float) -> None:
    """In the transaction of what the run stores, where it has begun one."""
    if isinstance(end, Overtaken):
        life_cycle.overtake(run, end.newer, at=timezone.now())
        return
    with transaction.atomic(savepoint=False):
        life_cycle.finish(run, end, seconds=seconds, at=timezone.now())
        ask_for_matching(run, at=timezone.now())
        if end.next_day is not None:
            create_for_later(run, end.next_day)
            look_ahead(run, end.next_day)
