INSERT INTO catalog_supplieritem (id, supplier_id, source_id, product_id, supplier_sku, sku_is_derived, name, current_price, currency, per_quantity, retail_price, stock, availability, characteristics, notes, brand, mpn, barcode, unit, pack_size, minimum_order, order_multiple, price_breaks, tax_rate, tax_included, country, lead_time, weight, link, picture, missing_since, last_listed_at, missing_at_list,
    listed, created_run_id, created_at, updated_at)
SELECT r.id, r.supplier_id, r.source_id, r.product_id, r.supplier_sku, r.sku_is_derived, r.name, r.current_price, r.currency, coalesce(r.per_quantity, 1), r.retail_price, r.stock, coalesce(r.availability, ''), r.characteristics, r.notes, r.brand, r.mpn, r.barcode, r.unit, r.pack_size, r.minimum_order, r.order_multiple, r.price_breaks, r.tax_rate, r.tax_included, r.country, r.lead_time, r.weight, r.link, r.picture, r.missing_since, r.last_listed_at, r.missing_at_list,
    r.listed, r.created_run_id, r.created_at, r.updated_at
FROM undoing u, jsonb_populate_record(NULL::catalog_supplieritem, u.old -> 'item' || jsonb_build_object(
    'source_id', (SELECT o.id FROM suppliers_pricelistsource o WHERE o.id = (u.old -> 'item' ->> 'source_id')::bigint)
)) r
WHERE u.deed = 'insert' AND u.obstacle IS NULL
