WITH decided AS (
    SELECT DISTINCT ON (d.item_id) d.ctid AS spot, c.id, c.state FROM delta d
        JOIN ingestion_change c ON c.item_id = d.item_id AND c.kind = 'held' AND c.state IN ('accepted', 'rejected')
            AND (NOT d.price_changed OR (c.new ->> 'currency', (c.new ->> 'current_price')::numeric, coalesce((c.new ->> 'per_quantity')::integer, 1)) = (d.currency, d.price, d.per_quantity))
    WHERE d.fate = 'held' ORDER BY d.item_id, c.decided_at DESC, c.id DESC
)
UPDATE delta d SET fate = CASE decided.state WHEN 'accepted' THEN 'changed' ELSE 'rejected' END, cause = '', origin_id = decided.id
FROM decided WHERE d.ctid = decided.spot
