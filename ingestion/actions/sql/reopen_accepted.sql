-- What had been accepted is a question again, unless a newer one is open for the item; or it is accepted again.
UPDATE ingestion_change h SET state = CASE WHEN %(in_force)s THEN 'accepted' WHEN EXISTS (
        SELECT FROM ingestion_change o WHERE o.item_id = h.item_id AND o.state = 'held'
    ) THEN 'superseded' ELSE 'held' END
FROM undoing u JOIN ingestion_change c ON c.run_id = %(root)s AND c.item_id = u.item_id
WHERE u.obstacle IS NULL AND h.id = c.origin_id AND h.kind = 'held'
