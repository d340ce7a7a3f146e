"""The page of a run says what became of its new items."""

import pytest
from django.urls import reverse
from django.utils import timezone

from ingestion.models import MatchingTask
from tests.factories import RunFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(db):
    now = timezone.now()
    return MatchingTask.objects.create(run=RunFactory(status="success"), asked_at=now, due_at=now)


def page(client, task, **facts):
    MatchingTask.objects.filter(pk=task.pk).update(**facts)
    return client.get(reverse("admin:ingestion_ingestionrun_change", args=[task.run_id])).content.decode()


def test_it_says_how_far_the_matching_is(sign_in, task):
    client = sign_in("Viewer")
    assert "matched when a worker has time" in page(client, task)
    assert "The last attempt failed: Oops" in page(client, task, message="Oops")
    assert "Matching is under way" in page(client, task, status="working")
    counts = {"by_key": 31, "by_gate": 12, "proposed": 7, "left": 99}
    shown = page(client, task, status="done", counts=counts)
    for text in ("Linked by key", "31", "Linked by the gate", "12", "Proposed", "Left as drafts", "99"):
        assert text in shown
    assert "Linked as before" not in shown
    assert "wrong" in page(client, task, counts={**counts, "gate_closed": True})


def test_what_has_failed_is_tried_again(sign_in, task):
    client = sign_in("Staff")
    assert "Matching has failed: Oops" in page(client, task, status="failed", message="Oops", attempts=3)
    client.post(reverse("admin:ingestion_ingestionrun_match", args=[task.run_id]))
    task.refresh_from_db()
    assert (task.status, task.attempts) == ("waiting", 0)


def test_a_run_that_brought_nothing_says_nothing_of_it(sign_in):
    run = RunFactory(status="success")
    shown = sign_in("Viewer").get(reverse("admin:ingestion_ingestionrun_change", args=[run.pk])).content.decode()
    assert 'id="matching"' not in shown
