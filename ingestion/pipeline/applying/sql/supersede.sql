-- A list that says a price of the item, or no longer has the item, makes the earlier question moot. The few questions are looked up
-- in the list, not the list in them.
WITH held AS (
    SELECT c.id, c.supplier_sku, c.item_id FROM ingestion_change c JOIN ingestion_ingestionrun r ON r.id = c.run_id
    WHERE c.state = 'held' AND r.supplier_id = %(supplier)s
), moot AS (
    SELECT h.id FROM held h JOIN stage s ON s.sku_key = catalog_code_key(h.supplier_sku) AND s.error_type IS NULL
    UNION SELECT h.id FROM held h JOIN delta d ON d.item_id = h.item_id AND d.fate = @missing
)
UPDATE ingestion_change c SET state = 'superseded', closed_by_run_id = %(run)s FROM moot WHERE c.id = moot.id
