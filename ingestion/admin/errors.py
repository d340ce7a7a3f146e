"""Parsing errors on a run's page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from ingestion.admin.run_facts import ERROR_TYPES
from ingestion.models import IngestionRun


def facts(run: IngestionRun) -> dict[str, Any]:
    """What went wrong, with the addresses of its parsing logs."""
    waits = run.status == IngestionRun.Status.WAITING
    return {"error_groups": [] if waits else list(groups(run))}


def groups(run: IngestionRun) -> Iterator[dict[str, Any]]:
    logs = reverse("admin:ingestion_parsinglog_changelist")
    for error_type, found in sorted(run.error_counts.items()):
        yield {
            **found,
            "type": ERROR_TYPES[error_type][0],
            "logs_url": f"{logs}?run__id__exact={run.pk}&error_type__exact={error_type}",
        }
