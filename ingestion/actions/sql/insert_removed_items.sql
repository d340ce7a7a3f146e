-- Items that an undoing had removed are there again, with their number and so with their history. Every column but the key, which the
-- database makes of the code (tests prove it).
INSERT INTO catalog_supplieritem (id, supplier_id, source_id, product_id, @item_columns, missing_since, last_listed_at, missing_at_list,
    listed, created_run_id, created_at, updated_at)
SELECT r.id, r.supplier_id, r.source_id, r.product_id, @restored_values, r.missing_since, r.last_listed_at, r.missing_at_list,
    r.listed, r.created_run_id, r.created_at, r.updated_at
FROM undoing u, jsonb_populate_record(NULL::catalog_supplieritem, u.old -> 'item' || jsonb_build_object(
    'source_id', (SELECT o.id FROM suppliers_pricelistsource o WHERE o.id = (u.old -> 'item' ->> 'source_id')::bigint)
)) r
WHERE u.deed = 'insert' AND u.obstacle IS NULL
