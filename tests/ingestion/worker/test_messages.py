"""Messages of somebody who can write to Redis: none of them is carried out, and none stops the worker."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from rq.job import Job as RqJob
from rq.serializers import JSONSerializer

from config.rq_job import Job, NotOurs
from ingestion.models import IngestionRun
from ingestion.runs import queue
from ingestion.runs.creation import create_run
from ingestion.runs.messages import write_queue_message
from tests.ingestion.price_lists import queued
from tests.ingestion.serving import work

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("test_parsers", "valkey")]

Status = IngestionRun.Status
ROWS = [{"sku": "A", "price": "1"}]


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A file that is there once something was executed."""
    return tmp_path / "executed"


def message_of(run: IngestionRun, **changes: Any) -> dict[str, Any]:
    now = timezone.now()
    return {**write_queue_message(run, enqueued_at=now, expires_at=now), **changes}


def push(data: bytes | list[Any], *, job_id: str = "forged", **fields: Any) -> None:
    """A job as somebody could write it into Redis."""
    redis = queue.redis()
    raw = data if isinstance(data, bytes) else zlib.compress(json.dumps(data).encode())
    mapping: dict[Any, Any] = {"data": raw, "origin": "default", "status": "queued", **fields}
    redis.hset(RqJob.key_for(job_id), mapping=mapping)
    redis.rpush(queue.queue_of("normal").key, job_id)


def assert_refused(caplog, why: str, job_id: str = "forged") -> None:
    work()
    assert why in caplog.text
    assert job_id in queue.queue_of("normal").failed_job_registry.get_job_ids()
    follow = queued(ROWS)
    queue.enqueue(follow)
    work()
    follow.refresh_from_db()
    assert follow.status == Status.SUCCESS


@pytest.mark.parametrize(
    "name",
    [
        "os.system",
        "builtins.exec",
        "subprocess.run",
        "ingestion.worker.jobs.queue.cancel",
        "INGESTION.WORKER.JOBS.INGEST",
        "",
    ],
)
def test_other_functions_are_not_called(name, trap, caplog):
    push([name, None, [f"touch {trap}"], {}])
    assert_refused(caplog, "none of the functions")
    assert not trap.exists()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (["ingestion.worker.jobs.ingest", "os", [{}], {}], "has not the form"),
        (["ingestion.worker.jobs.ingest", None, [{}, {}], {}], "has not the form"),
        (["ingestion.worker.jobs.ingest", None, ["text"], {}], "has not the form"),
        (["ingestion.worker.jobs.ingest", None, [{}], {"message": {}}], "has not the form"),
        ([["os.system"], None, [], {}], "has not the form"),
        (["ingestion.worker.jobs.ingest", None, [{}], {}], "queue_message"),
        (b"\x80\x04\x95 pickle", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (zlib.compress(b" " * (64 << 20)), "more than 1048576 bytes"),
        (b"{}", "has not the form"),
        (b"", "is not JSON"),
    ],
)
def test_data_of_another_form_is_refused(data, why, caplog):
    push(data)
    assert_refused(caplog, why)


@pytest.mark.parametrize(
    "changes",
    [
        {"source_config": {"sheet_name": "Other"}},
        {"supplier_name": "Somebody else"},
        {"parser_type": "csv"},
        {"priority": "high"},
        {"max_retries": 10},
        {"task_id": "unknown"},
    ],
)
def test_message_that_its_run_knows_nothing_of_is_refused(changes, caplog):
    run = queued(ROWS)
    push(["ingestion.worker.jobs.ingest", None, [message_of(run, **changes)], {}])
    assert_refused(caplog, "was not carried out")
    run.refresh_from_db()
    assert run.status == Status.QUEUED


@pytest.mark.parametrize(
    "fields",
    [
        {"success_callback_name": "os.abort", "failure_callback_name": "os.abort", "stopped_callback_name": "os.abort"},
        {"meta": b"\x80pickle", "timeout": "never", "created_at": "yesterday", "enqueued_at": "?", "ttl": "x"},
        {"dependency_ids": "[1", "retries_left": "x", "repeats_left": "9", "repeat_intervals": "[0]", "group_id": "g"},
        {"webhooks": json.dumps([{"url": "http://127.0.0.1:1/", "job_status": "finished"}])},
        {"rate_limit_key": "k", "rate_limit_concurrency": "x", "status": "no such status", "result": b"\x80"},
    ],
)
def test_fields_of_a_job_beside_its_data_are_not_looked_at(fields):
    run = queued(ROWS)
    push(["ingestion.worker.jobs.ingest", None, [message_of(run)], {}], job_id=run.task_id, **fields)
    work()
    run.refresh_from_db()
    assert run.status == Status.SUCCESS


def test_entry_without_a_job_and_one_with_a_name_of_bytes_stop_nothing():
    redis = queue.redis()
    redis.rpush(queue.queue_of("normal").key, "nothing", b"\xff\xfe:/..", "x" * 5000)
    run = queued(ROWS)
    queue.enqueue(run)
    work()
    run.refresh_from_db()
    assert run.status == Status.SUCCESS


def test_what_rq_schedules_depends_on_or_left_between_is_not_looked_at(trap):
    redis, normal = queue.redis(), queue.queue_of("normal")
    data = zlib.compress(json.dumps(["os.system", None, [f"touch {trap}"], {}]).encode())
    redis.hset(RqJob.key_for("forged"), mapping={"data": data, "origin": "default"})
    for registry in (normal.scheduled_job_registry, normal.started_job_registry, normal.deferred_job_registry):
        redis.zadd(registry.key, {"forged": 1, "forged:execution": 1})
    redis.rpush(normal.intermediate_queue_key, "forged")
    run = create_run(price_list=queued(ROWS).price_list, force=True)
    queue.enqueue(run)
    work()
    assert not trap.exists()


def test_pages_and_commands_of_rq_import_nothing(trap):
    push(["os.system", None, [f"touch {trap}"], {}], success_callback_name="os.abort", failure_callback_name="os.abort")
    job = Job.fetch("forged", connection=queue.redis(), serializer=JSONSerializer)
    assert job.func_name == "os.system"
    assert (job.success_callback, job.failure_callback, job.stopped_callback, job.webhooks) == (None, None, None, [])
    with pytest.raises(NotOurs):
        _ = job.func
    with pytest.raises(NotOurs):
        job.perform()
    assert not trap.exists()


def test_page_of_the_queue_shows_a_forged_job_and_executes_nothing(admin_client, trap):
    push(["os.system", None, [f"touch {trap}"], {}], success_callback_name="os.abort")
    for page in ("", "queues/0/", "queues/0/forged/"):
        assert admin_client.get(f"/admin/queue/{page}").status_code < 500
    work()
    admin_client.post("/admin/queue/queues/0/forged/requeue/")
    work()
    assert not trap.exists()
