-- Prices that are not in force any more: marked, never deleted.
UPDATE catalog_pricehistory h SET withdrawn_by_run_id = %(undo)s
FROM undoing u WHERE u.obstacle IS NULL AND h.supplier_item_id = u.item_id AND h.run_id = %(root)s AND h.withdrawn_by_run_id IS NULL
