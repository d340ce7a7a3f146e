-- What the run does to items that are there, or does not dare to do: enough to show it, and to take it back at any time.
INSERT INTO ingestion_change (run_id, kind, state, item_id, supplier_sku, sheet, row_number, old, new, percent, cause, origin_id, comment)
SELECT %(run)s, @kind,
    CASE WHEN %(dry_run)s THEN 'planned' WHEN d.fate IN (@held, @rejected) THEN d.fate ELSE 'applied' END,
    d.item_id, d.known_sku, d.sheet, d.row_number, @old_values, @new_values, @percent, d.cause, d.origin_id, ''
FROM delta d JOIN catalog_supplieritem i ON i.id = d.item_id
WHERE d.fate <> @new
ORDER BY d.line
