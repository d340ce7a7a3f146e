-- A row for the first price and for every change of price or currency, none where neither changed: not where the list only says
-- now what a person had set already.
INSERT INTO catalog_pricehistory (supplier_item_id, price, currency, recorded_at, run_id, sheet, row_number)
SELECT d.item_id, d.price, d.currency, %(at)s, %(run)s, d.sheet, d.row_number FROM delta d
WHERE d.fate = @new OR d.fate = @changed AND d.price_changed AND NOT (d.is_edited AND EXISTS (
    SELECT FROM catalog_supplieritem i WHERE i.id = d.item_id AND (i.current_price, i.currency) = (d.price, d.currency)
))
ORDER BY d.line
