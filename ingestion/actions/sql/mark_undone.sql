-- The changes are taken back; what they themselves had taken back is in force again, and so on to the first.
WITH RECURSIVE chain AS (
    SELECT u.change_id AS id, 'undone' AS state FROM undoing u WHERE u.obstacle IS NULL AND u.change_id IS NOT NULL
    UNION ALL
    SELECT c.origin_id, CASE chain.state WHEN 'undone' THEN 'applied' ELSE 'undone' END
    FROM chain JOIN ingestion_change c ON c.id = chain.id JOIN ingestion_ingestionrun r ON r.id = c.run_id
    WHERE r.kind = 'undo' AND c.origin_id IS NOT NULL
)
UPDATE ingestion_change c SET state = chain.state FROM chain WHERE c.id = chain.id
