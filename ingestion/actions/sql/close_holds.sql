-- Without the list its questions are moot, and those that it had made moot are open again, if their own list counts.
WITH closed AS (
    UPDATE ingestion_change SET state = 'undone'
    WHERE run_id = %(root)s AND kind = 'held' AND state IN ('held', 'superseded') RETURNING id
)
UPDATE ingestion_change h SET state = 'held'
FROM ingestion_ingestionrun r
WHERE h.state = 'superseded' AND h.closed_by_run_id = %(root)s AND r.id = h.run_id AND r.undone_by_id IS NULL
