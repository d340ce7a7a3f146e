-- The prices that the accepted rows bring.
INSERT INTO catalog_pricehistory (supplier_item_id, price, currency, recorded_at, run_id, sheet, row_number)
SELECT i.id, (c.new ->> 'current_price')::numeric, c.new ->> 'currency', %(at)s, %(run)s, c.sheet, c.row_number
FROM ingestion_change c JOIN catalog_supplieritem i ON i.id = c.item_id
WHERE c.run_id = %(run)s AND (i.current_price, i.currency) IS DISTINCT FROM
    ((c.new ->> 'current_price')::numeric, c.new ->> 'currency')
ORDER BY c.id
