-- The list is in force again, and its questions with it, but for those that a later list made moot.
WITH closed AS (
    UPDATE ingestion_change SET state = 'superseded' WHERE closed_by_run_id = %(root)s AND state = 'held' RETURNING id
)
UPDATE ingestion_change h SET state = CASE WHEN EXISTS (
        SELECT FROM ingestion_ingestionrun r WHERE r.id = h.closed_by_run_id AND r.undone_by_id IS NULL
    ) THEN 'superseded' ELSE 'held' END
WHERE h.run_id = %(root)s AND h.kind = 'held' AND h.state = 'undone'
