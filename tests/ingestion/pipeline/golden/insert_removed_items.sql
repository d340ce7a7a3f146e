INSERT INTO catalog_supplieritem (id, supplier_id, source_id, product_id, supplier_sku, sku_is_derived, name, current_price, currency, retail_price, stock, availability, characteristics, notes, missing_since, last_listed_at, missing_at_list,
    listed, created_run_id, created_at, updated_at)
SELECT r.id, r.supplier_id, r.source_id, r.product_id, r.supplier_sku, r.sku_is_derived, r.name, r.current_price, r.currency, r.retail_price, r.stock, r.availability, r.characteristics, r.notes, r.missing_since, r.last_listed_at, r.missing_at_list,
    r.listed, r.created_run_id, r.created_at, r.updated_at
FROM undoing u, jsonb_populate_record(NULL::catalog_supplieritem, u.old -> 'item' || jsonb_build_object(
    'source_id', (SELECT o.id FROM suppliers_pricelistsource o WHERE o.id = (u.old -> 'item' ->> 'source_id')::bigint)
)) r
WHERE u.deed = 'insert' AND u.obstacle IS NULL
