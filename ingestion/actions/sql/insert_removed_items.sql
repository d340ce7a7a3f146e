-- Items that an undoing had removed are there again, with their number and so with their history.
INSERT INTO catalog_supplieritem SELECT r.* FROM undoing u, jsonb_populate_record(NULL::catalog_supplieritem, u.old -> 'item' || jsonb_build_object(
    'source_id', (SELECT o.id FROM suppliers_pricelistsource o WHERE o.id = (u.old -> 'item' ->> 'source_id')::bigint)
)) r
WHERE u.deed = 'insert' AND u.obstacle IS NULL
