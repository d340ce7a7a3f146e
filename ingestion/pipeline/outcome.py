"""What a run says of itself in the end, and when it asks whether its rows may go in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ingestion.errors import ErrorType
from ingestion.models import IngestionRun
from ingestion.models.facts import ChangeSummary, ErrorCount, RunCounts, RunOutcome
from ingestion.pipeline.context import Context, Staged
from ingestion.pricegrid.problems import lists
from ingestion.texts import text_of

Status = IngestionRun.Status


@dataclass(frozen=True)
class Overtaken:
    """The end of a run whose list is older than one that is stored."""

    newer: IngestionRun


def nothing_to_do() -> RunOutcome:
    text = _("The content is the same as in this source's last run: nothing was to be done.")
    return RunOutcome(Status.SUCCESS, message=text)


def asking(context: Context) -> RunOutcome:
    """Nothing of the list is stored before a person has said that it may."""
    return RunOutcome(
        Status.WAITING,
        replace(counts_of(context), unchanged_items=0),
        errors_of(context.staged),
        context.understanding,
        error_type=ErrorType.VALIDATION,
        message=context.question,
        waits_for=context.waits_for,
    )


def ended(context: Context, summary: ChangeSummary) -> RunOutcome:
    """A success where every row did what it should; a list without one good row has failed, and changed nothing."""
    run, staged = context.run, context.staged
    told = (*context.guarded.said, *texts_of_noted(staged.noted))
    outcome = RunOutcome(
        Status.PARTIAL_SUCCESS if staged.failed or context.found.held or context.guarded.said else Status.SUCCESS,
        counts_of(context),
        errors_of(staged),
        context.understanding,
        summary,
        context.revision,
        message=" ".join(told),
        next_day=None if run.dry_run else context.next_day,
    )
    if not staged.successful:
        kind = max(staged.counts, key=staged.counts.__getitem__, default=ErrorType.VALIDATION)
        text = text_of(lists.NO_USABLE_ROW.message())
        outcome = replace(outcome, status=Status.FAILURE, error_type=kind, message=text)
    if run.dry_run and run.applies_id:
        text = _("The catalog changed since the dry run: nothing was stored. This is what the list would change now.")
        outcome = replace(outcome, message=" ".join((text, *told)))
    return outcome


def texts_of_noted(count: int) -> Iterator[str]:
    if count:
        text = ngettext("%(count)d item carries a note: see it.", "%(count)d items carry notes: see them.", count)
        yield text % {"count": count}


def counts_of(context: Context) -> RunCounts:
    staged, found = context.staged, context.found
    return RunCounts(
        total_rows=staged.total,
        successful_rows=staged.successful,
        failed_rows=staged.failed,
        skipped_rows=staged.skipped,
        new_items=found.new,
        changed_items=found.changed,
        unchanged_items=context.unchanged,
        missing_items=found.missing,
        returned_items=found.returned,
        new_drafts=found.new,
        held_items=found.held,
    )


def errors_of(staged: Staged) -> dict[str, ErrorCount]:
    return {kind: ErrorCount(count, staged.samples[kind]) for kind, count in staged.counts.items()}
