"""The message that asks a worker to take one price list in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, TypedDict, cast

from ingestion.contracts import check
from ingestion.models import IngestionRun
from ingestion.parsers.registry import get_parser


class QueueMessage(TypedDict):
    task_id: str
    parser_type: str
    supplier_name: str
    source_config: dict[str, Any]
    retry_count: int
    max_retries: int
    enqueued_at: str
    expires_at: str
    priority: Literal["low", "normal", "high"]


DEFAULTS = {"retry_count": 0, "max_retries": 3, "priority": "normal"}


def write_queue_message(run: IngestionRun, *, enqueued_at: datetime, expires_at: datetime) -> QueueMessage:
    return read_queue_message(
        {
            "task_id": run.task_id,
            "parser_type": run.parser_type,
            "supplier_name": run.supplier_name,
            "source_config": run.source_config,
            "retry_count": run.retry_count,
            "max_retries": run.max_retries,
            "enqueued_at": enqueued_at.isoformat(),
            "expires_at": expires_at.isoformat(),
            "priority": run.priority,
        }
    )


def read_queue_message(message: Mapping[str, Any]) -> QueueMessage:
    """The message with its defaults. Raises ContractViolation, or ConfigurationError where the parser objects."""
    check("queue_message", message)
    complete = cast("QueueMessage", {**DEFAULTS, **message})
    get_parser(complete["parser_type"]).check(complete["source_config"])
    return complete
