"""What lies in Redis, taken for what it is: bytes of somebody unknown. Nothing in it is imported, called or believed.

RQ's own worker imports every dotted name that a job has: its function, three callbacks, and their like. Here a job is
read as JSON of a given shape, its function is looked up in a fixed list, and every other field of it is left alone.
"""

from __future__ import annotations

import json
import logging
import zlib
from collections.abc import Sequence
from time import time
from typing import Any, NamedTuple, cast

from redis import Redis
from rq import Queue
from rq.job import Job, JobStatus, validate_job_id
from rq.registry import FailedJobRegistry
from rq.results import Result
from rq.serializers import JSONSerializer

from ingestion.runs.queue import KEEP_REFUSED, QUEUES
from ingestion.worker.jobs import FUNCTIONS, JobMessage, MessageRefused

LARGEST_MESSAGE = 1 << 20  # bytes, unpacked

logger = logging.getLogger(__name__)


class Letter(NamedTuple):
    """A message as it came: the name of its job, the queue that it came from, and its unread bytes."""

    job_id: str
    queue_key: str
    data: bytes


class Order(NamedTuple):
    """A message that has been read: the name of a function of ours, and what it is given."""

    function: str
    message: JobMessage


class Mailbox:
    """The queues that a worker serves, the most urgent first."""

    def __init__(self, queues: Sequence[Queue], connection: Redis) -> None:
        self._keys = [queue.key for queue in queues]
        self._names = {queue.key: queue.name for queue in queues}
        self.serves_lists = not set(QUEUES.values()).isdisjoint(self._names.values())
        self._redis = connection

    def take(self, *, wait: float | None) -> Letter | None:
        """The next message, after `wait` seconds at the most. Entries whose job was taken back are skipped."""
        waited = None if wait is None else self._redis.blpop(self._keys, wait)
        found = self._pop() if wait is None else cast("tuple[bytes, bytes] | None", waited)
        while found:
            queue_key, job_id = (text.decode(errors="replace") for text in found)
            data = self._redis.hget(Job.key_for(job_id), "data")
            if isinstance(data, bytes):
                return Letter(job_id, queue_key, data)
            found = self._pop()
        return None

    def _pop(self) -> tuple[bytes, bytes] | None:
        for key in self._keys:
            job_id = self._redis.lpop(key)
            if isinstance(job_id, bytes):
                return key.encode(), job_id
        return None

    def put_back(self, letter: Letter) -> None:
        self._redis.lpush(letter.queue_key, letter.job_id)

    def done(self, letter: Letter) -> None:
        """The run has the result; the message has served its purpose."""
        self._redis.delete(Job.key_for(letter.job_id))

    def refuse(self, letter: Letter, reason: str) -> None:
        """Puts the message among RQ's failed jobs, with the reason, where operators see it."""
        logger.error("The message %s was not carried out: %s", letter.job_id, reason)
        try:
            validate_job_id(letter.job_id)
        except ValueError:
            self.done(letter)
            return
        job = Job(letter.job_id, connection=self._redis, serializer=JSONSerializer)
        job.origin = self._names[letter.queue_key]
        registry = FailedJobRegistry(job.origin, connection=self._redis, serializer=JSONSerializer)
        with self._redis.pipeline() as pipeline:
            pipeline.hset(job.key, mapping={"status": JobStatus.FAILED.value, "origin": job.origin})
            pipeline.expire(job.key, KEEP_REFUSED)
            pipeline.zadd(registry.key, {job.id: int(time()) + KEEP_REFUSED})
            Result.create_failure(job, KEEP_REFUSED, exc_string=reason, pipeline=pipeline)
            pipeline.execute()


def read_order(data: bytes) -> Order:
    """Raises MessageRefused for what does not ask, in the form that we write, for one of our functions."""
    try:
        content = json.loads(_unpacked(data))
    except (ValueError, RecursionError) as error:
        raise MessageRefused(f"its data is not JSON: {error}") from error
    match content:
        case [str(name), None, [dict(message)], {**kwargs}] if name in FUNCTIONS and not kwargs:
            return Order(name, message)
        case [str(name), *_] if name not in FUNCTIONS:
            raise MessageRefused(f"“{name[:200]}” is none of the functions that this worker runs")
    raise MessageRefused("its data has not the form [function, null, [message], {}]")


def _unpacked(data: bytes) -> bytes:
    """As RQ packs it, or plain; no more than a message may have."""
    unpack = zlib.decompressobj()
    try:
        content, is_whole = unpack.decompress(data, LARGEST_MESSAGE), not unpack.unconsumed_tail
    except zlib.error:
        content, is_whole = data, True
    if not is_whole or len(content) > LARGEST_MESSAGE:
        raise MessageRefused(f"its data has more than {LARGEST_MESSAGE} bytes")
    return content


def call(order: Order) -> Any:
    return FUNCTIONS[order.function](order.message)
