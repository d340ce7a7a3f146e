-- An item has one open question, the newest: that of an older list is moot for as long as the newer list counts.
UPDATE ingestion_change h SET state = 'superseded', closed_by_run_id = newest.run_id
FROM (
    SELECT DISTINCT ON (c.item_id) c.id, c.item_id, c.run_id
    FROM ingestion_change c JOIN ingestion_ingestionrun r ON r.id = c.run_id AND r.supplier_id = %(supplier)s
    WHERE c.state = 'held' ORDER BY c.item_id, c.id DESC
) newest
WHERE h.item_id = newest.item_id AND h.id < newest.id AND h.state = 'held'
