-- The undoing, on record as any run's changes; what is removed is kept whole, so that it can be put back.
INSERT INTO ingestion_change (run_id, kind, state, item_id, supplier_sku, sheet, row_number, old, new, percent, cause, origin_id, comment)
SELECT %(undo)s, CASE WHEN u.obstacle IS NOT NULL THEN 'conflict' WHEN u.deed = 'remove' THEN 'removed' WHEN u.deed = 'insert' THEN 'new'
        WHEN u.kind = 'price_up' THEN 'price_down' WHEN u.kind = 'price_down' THEN 'price_up'
        WHEN u.kind = 'missing' THEN 'returned' WHEN u.kind = 'returned' THEN 'missing' ELSE u.kind END,
    CASE WHEN u.obstacle IS NULL THEN 'applied' ELSE 'left_alone' END,
    u.item_id, u.supplier_sku, u.sheet, u.row_number,
    CASE WHEN u.deed = 'remove' AND u.obstacle IS NULL THEN jsonb_build_object('item', to_jsonb(i), 'product', to_jsonb(p))
        WHEN u.deed = 'revert' THEN u.new ELSE '{}' END,
    CASE WHEN u.deed = 'remove' THEN '{}' ELSE u.old END,
    CASE WHEN u.percent > -100 THEN round((100 / (1 + u.percent / 100)) - 100, 2) END, coalesce(u.obstacle, ''), u.change_id, ''
FROM undoing u LEFT JOIN catalog_supplieritem i ON u.deed = 'remove' AND u.obstacle IS NULL AND i.id = u.item_id
    LEFT JOIN catalog_product p ON p.id = i.product_id
ORDER BY u.change_id NULLS FIRST, u.item_id
