-- The list is in force again, and its questions with it.
WITH closed AS (
    UPDATE ingestion_change SET state = 'superseded' WHERE closed_by_run_id = %(root)s AND state = 'held' RETURNING id
)
UPDATE ingestion_change h SET state = 'held' WHERE h.run_id = %(root)s AND h.kind = 'held' AND h.state = 'undone'
    AND NOT EXISTS (SELECT FROM ingestion_change o WHERE o.item_id = h.item_id AND o.state = 'held' AND o.id > h.id)
