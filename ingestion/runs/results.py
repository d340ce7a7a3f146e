"""What one run did, for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, TypedDict, cast

from ingestion.contracts import ContractViolation, check
from ingestion.models import IngestionRun
from ingestion.models.facts import errors_to_json
from ingestion.pricegrid.verdict import VerdictKind


class Statistics(TypedDict):
    """Rows of the list, and items of the catalog by what became of them."""

    total_rows: int
    successful_rows: int
    failed_rows: int
    skipped_rows: int
    new: int
    changed: int
    unchanged: int
    held: int  # prices that wait for a person, or stay as a person has decided before
    missing: int
    returned: int
    new_drafts: int
    processing_time_seconds: float
    items_per_second: float


class ErrorsOfAType(TypedDict):
    count: int
    sample: str  # one of their messages


class TaskResult(TypedDict):
    task_id: str
    status: Literal["success", "partial_success", "failure"]
    supplier_id: int | None
    statistics: Statistics
    errors: dict[str, ErrorsOfAType]
    message: str
    dry_run: bool
    processed_at: str  # ISO 8601
    retry_count: int
    verdict: str | None  # stored, asks or refused; None of a run that came to none: cancelled, overtaken
    questions: list[str]  # that a person is asked


class RunVerdict(NamedTuple):
    """What became of a run's list, in the words of the reading's own verdict."""

    kind: VerdictKind | None
    questions: tuple[str, ...] = ()


def verdict_on(run: IngestionRun) -> RunVerdict:
    """Of a dry run: what the real one would come to. Of a run that was answered, its questions are on record only."""
    questions = run.understood().questions
    if run.status == IngestionRun.Status.WAITING or (run.dry_run and run.is_taken_in and questions):
        return RunVerdict(VerdictKind.ASKS, questions or (run.message,))
    if run.is_taken_in or run.status == IngestionRun.Status.SCHEDULED:
        return RunVerdict(VerdictKind.STORED)
    return RunVerdict(VerdictKind.REFUSED if run.status == IngestionRun.Status.FAILURE else None)


def write_task_result(run: IngestionRun) -> TaskResult:
    """The result of a run that has ended; whatever is neither full nor partial success is a failure.

    A list that takes force later is a partial success, with a message: nothing is wrong, and nothing stored yet.
    """
    assert run.finished_at is not None
    verdict = verdict_on(run)
    return read_task_result(
        {
            "task_id": run.task_id,
            "status": status_of(run),
            "supplier_id": run.supplier_id,
            "statistics": statistics_of(run),
            "errors": errors_to_json(run.errors()),
            "message": run.message,
            "dry_run": run.dry_run,
            "processed_at": run.finished_at.isoformat(),
            "retry_count": run.retry_count,
            "verdict": verdict.kind,
            "questions": list(verdict.questions),
        }
    )


def status_of(run: IngestionRun) -> str:
    if run.status == IngestionRun.Status.SCHEDULED:
        return "partial_success"
    return run.status if run.is_taken_in else "failure"


def statistics_of(run: IngestionRun) -> Statistics:
    return {
        "total_rows": run.total_rows,
        "successful_rows": run.successful_rows,
        "failed_rows": run.failed_rows,
        "skipped_rows": run.skipped_rows,
        "new": run.new_items,
        "changed": run.changed_items,
        "unchanged": run.unchanged_items,
        "held": run.held_items,
        "missing": run.missing_items,
        "returned": run.returned_items,
        "new_drafts": run.new_drafts,
        "processing_time_seconds": round(run.processing_seconds or 0, 3),
        "items_per_second": round(run.items_per_second or 0, 1),
    }


def read_task_result(message: Mapping[str, Any]) -> TaskResult:
    """Raises ContractViolation unless the result keeps the contract and its rows add up."""
    check("task_result", message)
    rows = message["statistics"]
    if rows["total_rows"] != rows["successful_rows"] + rows["failed_rows"]:
        raise ContractViolation(
            f"task_result: {rows['total_rows']} rows are not {rows['successful_rows']} + {rows['failed_rows']}"
        )
    return cast("TaskResult", dict(message))
