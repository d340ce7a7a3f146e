"""What one run did, for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ingestion.contracts import ContractViolation, check
from ingestion.models import IngestionRun
from ingestion.models.facts import errors_to_json


def write_task_result(run: IngestionRun) -> dict[str, Any]:
    """The result of a run that has ended; whatever is neither full nor partial success is a failure."""
    assert run.finished_at is not None
    return read_task_result(
        {
            "task_id": run.task_id,
            "status": run.status if run.is_taken_in else "failure",
            "supplier_id": run.supplier_id,
            "statistics": {
                "total_rows": run.total_rows,
                "successful_rows": run.successful_rows,
                "failed_rows": run.failed_rows,
                "skipped_rows": run.skipped_rows,
                "new": run.new_items,
                "changed": run.changed_items,
                "unchanged": run.unchanged_items,
                "missing": run.missing_items,
                "returned": run.returned_items,
                "new_drafts": run.new_drafts,
                "processing_time_seconds": round(run.processing_seconds or 0, 3),
                "items_per_second": round(run.items_per_second or 0, 1),
            },
            "errors": errors_to_json(run.errors()),
            "message": run.message,
            "dry_run": run.dry_run,
            "processed_at": run.finished_at.isoformat(),
            "retry_count": run.retry_count,
        }
    )


def read_task_result(message: Mapping[str, Any]) -> dict[str, Any]:
    """Raises ContractViolation unless the result keeps the contract and its rows add up."""
    check("task_result", message)
    rows = message["statistics"]
    if rows["total_rows"] != rows["successful_rows"] + rows["failed_rows"]:
        raise ContractViolation(
            f"task_result: {rows['total_rows']} rows are not {rows['successful_rows']} + {rows['failed_rows']}"
        )
    return dict(message)
