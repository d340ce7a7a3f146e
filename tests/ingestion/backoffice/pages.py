"""What tests ask of the pages of the admin."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from ingestion.models import IngestionRun


def run_url(name: str, run: IngestionRun) -> str:
    """The address of one of a run's own views."""
    return reverse(f"admin:ingestion_ingestionrun_{name}", args=[run.pk])


def texts(page: Any) -> str:
    """The messages that a page shows."""
    return " ".join(str(message) for message in page.context["messages"])
