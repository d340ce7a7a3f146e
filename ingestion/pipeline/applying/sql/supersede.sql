-- A list that says a price of the item, or no longer has the item, makes the earlier question moot. IS TRUE keeps the planner from a
-- join: how many questions there are it does not know, and for each of five thousand it would go through the list or the delta once.
WITH held AS (
    SELECT c.id, c.supplier_sku, c.item_id FROM ingestion_change c JOIN ingestion_ingestionrun r ON r.id = c.run_id
    WHERE c.state = 'held' AND r.supplier_id = %(supplier)s
), moot AS (
    SELECT id FROM held WHERE (catalog_code_key(supplier_sku) IN (SELECT sku_key FROM stage WHERE error_type IS NULL)) IS TRUE
        OR (item_id IN (SELECT item_id FROM delta WHERE fate = @missing)) IS TRUE
)
UPDATE ingestion_change c SET state = 'superseded', closed_by_run_id = %(run)s FROM moot WHERE c.id = moot.id
