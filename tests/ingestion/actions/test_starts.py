import pytest
from django.utils import timezone

from ingestion.actions.starts import Cancelled, cancel_each
from ingestion.models import IngestionRun
from tests.factories import RunFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("valkey")]


def test_a_run_that_has_ended_does_not_keep_the_others_going() -> None:
    runs = [RunFactory(status="queued"), RunFactory(status="success", finished_at=timezone.now())]
    assert cancel_each(runs, by=UserFactory()) == Cancelled(cancelled=1, ended=1)
    assert set(IngestionRun.objects.values_list("status", flat=True)) == {"cancelled", "success"}
