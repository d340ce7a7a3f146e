-- Prices that are in force again.
UPDATE catalog_pricehistory h SET withdrawn_by_run_id = NULL
FROM undoing u WHERE u.obstacle IS NULL AND h.supplier_item_id = u.item_id AND h.run_id = %(root)s
