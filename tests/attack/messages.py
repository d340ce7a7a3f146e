"""Forged messages of the queue: none of them is carried out."""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Iterator

from ingestion.models import IngestionRun
from tests.attack.arena import Arena, Tally, wait_until

FUNCTIONS = ["os.system", "builtins.exec", "builtins.eval", "subprocess.run", "ingestion.worker.jobs.queue.cancel", ""]


def attack(arena: Arena, chance: random.Random, *, short: bool) -> Iterator[Tally]:
    yield messages(arena)


def ended(run: int | None) -> bool:
    if run is None:
        return False
    going_on = IngestionRun.objects.filter(pk=run, status__in=("queued", "running"))
    return wait_until(lambda: not going_on.exists(), 30)


def messages(arena: Arena) -> Tally:
    """As somebody who can write to Valkey."""
    from ingestion.runs import queue  # noqa: PLC0415 - RQ reads its settings when it is imported

    tally = Tally("forged messages of the queue")
    trap = arena.folder / "executed"
    redis = queue.redis()
    pickled = b"cposix\nsystem\n(S'touch %s'\ntR." % str(trap).encode()
    calls = [json.dumps([name, None, [f"touch {trap}"], {}]).encode() for name in FUNCTIONS]
    calls.append(json.dumps(["ingestion.worker.jobs.ingest", None, [{"run_id": -1}], {}]).encode())
    bodies = [pickled, b"[" * 100_000, *calls]
    bodies += [*(zlib.compress(each) for each in bodies), zlib.compress(b" " * (64 << 20))]
    for number, body in enumerate(bodies):
        job = f"forged-{number}"
        redis.hset(f"rq:job:{job}", mapping={"data": body, "origin": "default", "status": "queued"})
        redis.rpush("rq:queue:default", job)
    drained = wait_until(lambda: redis.llen("rq:queue:default") == 0, 60)
    tally.expect(drained, "forged messages are still in the queue after 60 s")
    tally.tried += len(bodies)
    sent = arena.people["Staff"].upload(arena.numbers["supplier"], "good.csv", b"Code;Name;Price\nG-1;Bolt;1.50\n")
    tally.expect(ended(sent.run), "a good list is not taken in after the forged messages")
    tally.expect(not trap.exists(), "a forged message was executed")
    tally.expect(arena.alive(), "a worker has ended")
    return tally
