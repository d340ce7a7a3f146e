-- Without the list its questions are moot, and those that it had made moot are open again.
WITH closed AS (
    UPDATE ingestion_change SET state = 'undone' WHERE run_id = %(root)s AND state = 'held' RETURNING id
)
UPDATE ingestion_change h SET state = 'held'
WHERE h.state = 'superseded' AND h.closed_by_run_id = %(root)s AND NOT EXISTS (
    SELECT FROM ingestion_change o WHERE o.item_id = h.item_id AND o.state = 'held' AND o.run_id <> %(root)s
)
