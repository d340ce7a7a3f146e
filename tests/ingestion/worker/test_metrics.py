import django_rq
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from ingestion.models import IngestionRun
from ingestion.runs.queue import queue_of
from tests.conftest import SignIn


@pytest.fixture(autouse=True)
def empty_queue() -> None:
    django_rq.get_connection("default").flushdb()


@pytest.fixture
def two_runs(db: None) -> None:
    facts = {"supplier_name": "Northgate", "parser_type": "csv", "created_at": timezone.now()}
    IngestionRun.objects.create(
        task_id="one",
        status="partial_success",
        total_rows=10,
        successful_rows=8,
        failed_rows=2,
        new_items=5,
        held_items=3,
        processing_seconds=1.5,
        error_counts={"ValidationError": {"count": 2, "sample": "no price"}},
        **facts,
    )
    errors = {"NetworkError": {"count": 1, "sample": "gone"}, "ValidationError": {"count": 1, "sample": "no name"}}
    IngestionRun.objects.create(task_id="two", status="failure", processing_seconds=0.5, error_counts=errors, **facts)


def lines(client: Client, **headers: str) -> list[str]:
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode().splitlines()


@pytest.mark.usefixtures("two_runs")
def test_runs_rows_errors_and_seconds(sign_in: SignIn) -> None:
    found = lines(sign_in("Viewer"))
    for line in (
        'catalog_runs_total{status="partial_success"} 1.0',
        'catalog_runs_total{status="failure"} 1.0',
        'catalog_rows_total{outcome="stored"} 5.0',
        'catalog_rows_total{outcome="held"} 3.0',
        'catalog_rows_total{outcome="failed"} 2.0',
        'catalog_rows_total{outcome="new"} 5.0',
        'catalog_errors_total{type="ValidationError"} 3.0',
        'catalog_errors_total{type="NetworkError"} 1.0',
        "catalog_run_seconds_total 2.0",
    ):
        assert line in found


def test_depth_and_workers(sign_in: SignIn) -> None:
    queue_of("high").enqueue("ingestion.worker.jobs.reconcile")
    found = lines(sign_in("Viewer"))
    assert 'catalog_queue_depth{priority="high"} 1.0' in found
    assert 'catalog_dead_letters{priority="normal"} 0.0' in found
    assert "catalog_workers 0.0" in found
    assert "catalog_queue_up 1.0" in found


def test_without_the_queue_the_rest_is_there(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    for queue in settings.RQ_QUEUES.values():
        monkeypatch.setitem(queue, "URL", "redis://127.0.0.1:1/0")
    found = lines(sign_in("Viewer"))
    assert "catalog_queue_up 0.0" in found
    assert "catalog_run_seconds_total 0.0" in found


@pytest.mark.django_db
def test_a_monitor_shows_its_token(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = "a-long-token"
    assert lines(client, authorization="Bearer a-long-token")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("token", "given"), [("a-long-token", "Bearer another"), ("a-long-token", ""), ("", ""), ("", "Bearer ")]
)
def test_nobody_else_sees_them(client: Client, settings: Settings, token: str, given: str) -> None:
    settings.METRICS_TOKEN = token
    assert client.get("/metrics", headers={"authorization": given}).status_code == 401


@pytest.mark.django_db
def test_an_account_without_a_role_does_not_see_them(sign_in: SignIn) -> None:
    assert sign_in("").get("/metrics").status_code == 401
