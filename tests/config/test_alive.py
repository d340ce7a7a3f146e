from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import django_rq
import pytest
from rq import Worker

from config.alive import is_alive


@pytest.fixture
def worker() -> Iterator[Worker]:
    django_rq.get_connection("default").flushdb()
    worker = Worker(["default"], connection=django_rq.get_connection("default"))
    worker.register_birth()
    yield worker
    worker.register_death()


def test_a_worker_of_this_machine_is_alive(worker: Worker) -> None:
    assert is_alive()


def test_one_of_another_machine_does_not_count(worker: Worker) -> None:
    worker.connection.hset(worker.key, "hostname", "elsewhere")
    assert not is_alive()


def test_one_that_was_silent_for_too_long_does_not_either(worker: Worker) -> None:
    silent = datetime.now(UTC) - timedelta(minutes=11)
    worker.connection.hset(worker.key, "last_heartbeat", silent.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
    assert not is_alive()
