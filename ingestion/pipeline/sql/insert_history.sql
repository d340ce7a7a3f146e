-- A row for the first price and for every change of price or currency, none where neither changed.
INSERT INTO catalog_pricehistory (supplier_item_id, price, currency, recorded_at)
SELECT d.item_id, s.price, s.currency, %(at)s FROM delta d JOIN stage s ON s.ctid = d.place
WHERE d.fate = 'new' OR d.price_changed
ORDER BY d.line
