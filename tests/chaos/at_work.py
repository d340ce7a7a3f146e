"""Which worker is at which stage of whose list, as the database sees it."""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection

from ingestion.runs.supplier_lock import LARGEST_KEY, SUPPLIER_LOCKS

# With the supplier's lock alone, a worker is before the transaction of its run: it receives or reads.
SEEN = """
    SELECT held.application_name, held.supplier, held.port, max(CASE
        WHEN a.state <> 'idle' AND a.query ILIKE 'commit%%' THEN 'committing'
        WHEN a.xact_start IS NULL OR a.query ILIKE 'set %%' OR a.query ILIKE 'begin%%' THEN ''
        WHEN a.query LIKE 'COPY stage%%' THEN 'staging'
        ELSE 'merging' END)
    FROM pg_stat_activity a JOIN (
        SELECT holder.application_name, lock.objid AS supplier, holder.client_port AS port
        FROM pg_locks lock JOIN pg_stat_activity holder ON holder.pid = lock.pid
        WHERE lock.locktype = 'advisory' AND lock.classid = %s AND lock.objsubid = 2 AND lock.granted
    ) held ON held.application_name = a.application_name
    WHERE a.application_name LIKE 'worker-%%'
    GROUP BY held.application_name, held.supplier, held.port
"""
READING = "reading"


class AtWork(NamedTuple):
    worker: str
    supplier: int
    port: int  # of its connection, as the process that holds it sees it
    stage: str


def at_work() -> list[AtWork]:
    with connection.cursor() as cursor:
        cursor.execute(SEEN, [SUPPLIER_LOCKS])
        found = cursor.fetchall()
    return [AtWork(worker, supplier, port, stage or READING) for worker, supplier, port, stage in found]


def works_on(supplier: int) -> AtWork | None:
    return next((each for each in at_work() if each.supplier == supplier & LARGEST_KEY), None)
