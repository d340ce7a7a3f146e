-- What had been accepted is a question again, or it is accepted again.
UPDATE ingestion_change h SET state = CASE WHEN %(in_force)s THEN 'accepted' ELSE 'held' END
FROM undoing u JOIN ingestion_change c ON c.run_id = %(root)s AND c.item_id = u.item_id
WHERE u.obstacle IS NULL AND h.id = c.origin_id AND h.kind = 'held'
