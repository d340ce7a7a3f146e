-- A list that says a price of the item, or no longer has the item, makes the earlier question moot.
UPDATE ingestion_change c SET state = 'superseded', closed_by_run_id = %(run)s FROM ingestion_ingestionrun r
WHERE c.state = 'held' AND r.id = c.run_id AND r.supplier_id = %(supplier)s AND (
    EXISTS (SELECT FROM stage s WHERE s.error_type IS NULL AND s.supplier_sku = c.supplier_sku)
    OR EXISTS (SELECT FROM delta d WHERE d.fate = 'missing' AND d.item_id = c.item_id)
)
