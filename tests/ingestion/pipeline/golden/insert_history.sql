INSERT INTO catalog_pricehistory (supplier_item_id, price, currency, per_quantity, recorded_at, run_id, sheet, row_number)
SELECT d.item_id, d.price, d.currency, d.per_quantity, %(at)s, %(run)s, d.sheet, d.row_number FROM delta d
WHERE d.fate = 'new' OR d.fate = 'changed' AND d.price_changed AND NOT ((d.is_edited OR d.side_changed) AND EXISTS (
    SELECT FROM catalog_supplieritem i WHERE i.id = d.item_id AND (i.current_price, i.currency, i.per_quantity) = (d.price, d.currency, d.per_quantity)
))
ORDER BY d.line
