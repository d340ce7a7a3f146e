-- Accepted rows as the changes of their own run: what the items are now, and what the list said.
INSERT INTO ingestion_change (run_id, kind, state, item_id, supplier_sku, sheet, row_number, old, new, percent, cause, origin_id, comment)
SELECT %(run)s, CASE WHEN c.new ->> 'currency' <> i.currency THEN 'currency' WHEN c.percent < 0 THEN 'price_down'
        WHEN c.percent = 0 OR NOT c.new ? 'current_price' THEN 'details' ELSE 'price_up' END,
    'applied', i.id, i.supplier_sku, c.sheet, c.row_number,
    (SELECT jsonb_object_agg(column_name, to_jsonb(i) -> column_name) FROM jsonb_object_keys(v.values) column_name),
    v.values, c.percent, c.cause, c.id, ''
FROM ingestion_change c JOIN catalog_supplieritem i ON i.id = c.item_id, LATERAL (
    SELECT c.new || CASE WHEN i.listed IS NULL AND NOT c.new ? 'listed' THEN '{}' ELSE jsonb_build_object(
        'listed', nullif(i.listed - ARRAY(SELECT jsonb_object_keys(c.new)), '{}')
    ) END AS values
) v
WHERE c.id = ANY(%(accepted)s)
ORDER BY c.id
