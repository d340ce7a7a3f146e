from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ingestion.errors import NetworkError
from ingestion.models import IngestionRun
from ingestion.runs import life_cycle, queue
from ingestion.runs.supplier_lock import work_on
from ingestion.views.run_waits import reason
from tests.factories import SourceFactory
from tests.ingestion.price_lists import queued
from tests.ingestion.serving import work

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("test_parsers", "valkey")]

ROWS = [{"sku": "A", "price": "1"}]


def test_reasons_of_a_run_that_has_not_started():
    source = SourceFactory()
    first, second, other = queued(ROWS, source), queued([], source), queued([], SourceFactory(supplier=source.supplier))
    assert reason(first) == "Waits for a worker: none is alive. Start one (manage.py rqworker)."
    assert reason(second) == f"Waits for run #{first.pk} of the same source: its list was received earlier."
    with work_on(source.supplier_id):
        life_cycle.start(first, at=timezone.now())
        assert reason(first) == ""
        assert reason(other) == f"Waits for run #{first.pk} of the same supplier, which is at work."
    assert "worker is gone" in reason(first)
    at = timezone.now()
    life_cycle.put_back(first, NetworkError("away"), at=at)
    assert reason(first, at=at) == "The next attempt begins in 1 s."
    assert reason(first, at=at + timedelta(seconds=2)).startswith("Waits for a worker")


def test_page_says_it(admin_client):
    run = queued(ROWS)
    page = admin_client.get(reverse("admin:ingestion_ingestionrun_change", args=[run.pk]))
    assert "none is alive" in page.content.decode()


def test_page_without_the_queue(admin_client, settings, monkeypatch):
    run = queued(ROWS)
    for one in settings.RQ_QUEUES.values():
        monkeypatch.setitem(one, "URL", "redis://127.0.0.1:1/0")
    page = admin_client.get(reverse("admin:ingestion_ingestionrun_change", args=[run.pk]))
    assert "a little later than usual" in page.content.decode()
    assert queue.state() is None


def test_overtaken_run_offers_to_be_taken_in_all_the_same(admin_client):
    source = SourceFactory()
    older, newer = queued(ROWS, source), queued([{"sku": "A", "price": "2"}], source)
    queue.cancel(older)
    queue.enqueue(newer)
    work()
    queue.requeue(older)
    work()
    url = reverse("admin:ingestion_ingestionrun_change", args=[older.pk])
    page = admin_client.get(url).content.decode()
    for text in ("Overtaken by a newer list", "Take it in all the same", f"#{newer.pk}"):
        assert text in page
    assert "Run again, even if" not in page
    answer = admin_client.post(reverse("admin:ingestion_ingestionrun_force", args=[older.pk]))
    forced = IngestionRun.objects.first()
    assert answer.url == reverse("admin:ingestion_ingestionrun_change", args=[forced.pk])
    again = admin_client.post(reverse("admin:ingestion_ingestionrun_force", args=[older.pk]), follow=True)
    assert f"This is under way already: run #{forced.pk}" in again.content.decode()
    listed = reverse("admin:ingestion_ingestionrun_changelist")
    assert admin_client.get(listed, {"status__exact": "overtaken"}).context["cl"].result_count == 1


def test_nobody_without_permission_forces(sign_in):
    run = queued(ROWS)
    assert sign_in("Viewer").post(reverse("admin:ingestion_ingestionrun_force", args=[run.pk])).status_code == 403
