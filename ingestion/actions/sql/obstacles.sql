-- The first of what would be left alone.
SELECT item_id, supplier_sku, obstacle FROM undoing WHERE obstacle IS NOT NULL ORDER BY supplier_sku LIMIT %(limit)s
