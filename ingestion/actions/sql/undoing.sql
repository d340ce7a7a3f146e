-- What taking a run back means, item by item: a value set back, an item that it made removed, an item that it removed put back.
-- `obstacle` is why an item is left alone. A later change counts while it is in force: not one that was itself undone, and not the
-- undoing of what came later than the change in question.
CREATE TEMPORARY TABLE undoing ON COMMIT DROP AS
WITH deed AS (
    SELECT c.id AS change_id, c.item_id, c.supplier_sku, c.kind, c.old, c.new, c.percent, c.sheet, c.row_number,
        CASE c.kind WHEN 'removed' THEN 'insert' WHEN 'new' THEN 'remove' ELSE 'revert' END AS deed
    FROM ingestion_change c WHERE c.run_id = %(run)s AND c.state = 'applied' AND c.kind <> 'conflict'
    UNION ALL
    SELECT NULL, i.id, i.supplier_sku, 'new', '{}', '{}', NULL, NULL, NULL, 'remove'
    FROM catalog_supplieritem i WHERE i.id BETWEEN %(first_new)s AND %(last_new)s AND i.created_run_id = %(run)s
)
SELECT d.*, i.product_id, CASE
    WHEN d.deed = 'insert' THEN CASE WHEN EXISTS (
            SELECT FROM catalog_supplieritem t WHERE t.supplier_id = %(supplier)s AND t.sku_key = catalog_code_key(d.supplier_sku)
        ) OR EXISTS (
            SELECT FROM catalog_product t WHERE t.internal_sku = d.old -> 'product' ->> 'internal_sku'
        ) THEN 'taken' END
    WHEN i.id IS NULL THEN 'gone'
    ELSE coalesce((
        SELECT CASE r.kind WHEN 'edit' THEN 'person' ELSE 'later_run' END
        FROM ingestion_change l JOIN ingestion_ingestionrun r ON r.id = l.run_id
        WHERE l.item_id = d.item_id AND l.id > coalesce(d.change_id, 0) AND l.run_id <> %(run)s
            AND l.state = 'applied' AND l.kind <> 'conflict' AND (r.kind <> 'undo' OR l.origin_id < coalesce(d.change_id, 0))
        ORDER BY l.id DESC LIMIT 1
    ), CASE WHEN d.deed = 'remove' AND NOT EXISTS (
        SELECT FROM catalog_owndraft o WHERE o.item_id = i.id
    ) THEN 'draft_touched' END)
END AS obstacle
FROM deed d LEFT JOIN catalog_supplieritem i ON i.id = d.item_id
