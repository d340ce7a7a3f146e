"""What the database keeps true of runs."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from tests.factories import RunFactory, SourceFactory

pytestmark = pytest.mark.django_db


def test_a_supplier_has_one_run_at_work():
    run = RunFactory(status="running")
    with pytest.raises(IntegrityError, match="run_one_at_a_time_per_supplier"):
        RunFactory(status="running", source=SourceFactory(supplier=run.supplier))


def test_a_request_is_made_once_at_a_time():
    RunFactory(status="success", request="same")
    RunFactory(status="queued", request="same")
    with pytest.raises(IntegrityError, match="run_once_per_request"):
        RunFactory(status="queued", request="same")


def test_a_dry_run_is_applied_once_unless_that_came_to_nothing():
    dry = RunFactory(status="success", dry_run=True)
    RunFactory(status="failure", applies=dry)
    RunFactory(status="waiting", applies=dry)
    with pytest.raises(IntegrityError, match="run_dry_run_applied_once"):
        RunFactory(status="queued", applies=dry)


def test_rows_add_up():
    with pytest.raises(IntegrityError, match="run_rows_add_up"):
        RunFactory(total_rows=3, successful_rows=1, failed_rows=1)


def test_progress_is_in_per_cent():
    with pytest.raises(IntegrityError, match="run_progress_in_per_cent"):
        RunFactory(progress=101)


def test_speed():
    assert RunFactory(total_rows=6, successful_rows=6, processing_seconds=2).items_per_second == 3
    assert RunFactory(processing_seconds=None).items_per_second is None


def test_name():
    run = RunFactory(supplier_name="Acme")
    assert str(run) == f"Acme #{run.pk}"
