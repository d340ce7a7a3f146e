-- The prices that the accepted rows bring.
-- Of a row that says nothing of one of them, that is the item's.
INSERT INTO catalog_pricehistory (supplier_item_id, price, currency, per_quantity, recorded_at, run_id, sheet, row_number)
SELECT i.id, n.price, n.currency, n.per_quantity, %(at)s, %(run)s, c.sheet, c.row_number
FROM ingestion_change c JOIN catalog_supplieritem i ON i.id = c.item_id, LATERAL (
    SELECT coalesce((c.new ->> 'current_price')::numeric, i.current_price) AS price, coalesce(c.new ->> 'currency', i.currency) AS currency,
        coalesce((c.new ->> 'per_quantity')::integer, i.per_quantity) AS per_quantity
) n
WHERE c.run_id = %(run)s AND (i.current_price, i.currency, i.per_quantity) <> (n.price, n.currency, n.per_quantity)
ORDER BY c.id
