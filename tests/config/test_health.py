import os
import subprocess
import sys
from collections.abc import Iterator

import django_rq
import pytest
from django.conf import settings
from django.test import Client
from rq import Worker


@pytest.fixture
def worker() -> Iterator[Worker]:
    """A worker as the queue knows it, without its loop."""
    worker = Worker(["default"], connection=django_rq.get_connection("default"))
    worker.register_birth()
    yield worker
    worker.register_death()


@pytest.mark.django_db
def test_all_is_well(client: Client, worker: Worker) -> None:
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "checks": {"database": "ok", "queue": "ok", "worker": "ok"}}


@pytest.mark.django_db
def test_without_a_worker_the_web_server_still_serves(client: Client) -> None:
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert answer.json()["checks"]["worker"] == "none"


@pytest.mark.django_db
def test_without_the_queue_it_is_down(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.RQ_QUEUES["default"], "URL", "redis://127.0.0.1:1/0")
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": "ok", "queue": "down", "worker": "down"}


@pytest.mark.django_db
def test_only_asked_never_told(client: Client) -> None:
    assert client.post("/health/").status_code == 405


def test_without_the_database_it_is_down() -> None:
    """In a process of its own, whose database is not there."""
    program = "import django; django.setup(); from django.test import Client; "
    program += "answer = Client(headers={'host': 'localhost'}).get('/health/'); "
    program += "print(answer.status_code, answer.json()['checks'])"
    environment = {**os.environ, "DATABASE_URL": "postgresql://nobody:nothing@127.0.0.1:1/nowhere"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "503 {'database': 'down', 'queue': 'ok', 'worker': 'none'}"
