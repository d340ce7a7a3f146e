-- A list of codes with stocks or prices alone: names, sources and missing marks stay as they are.
UPDATE catalog_supplieritem i SET
    current_price = CASE WHEN %(is_prices)s THEN s.price ELSE i.current_price END,
    currency = CASE WHEN %(is_prices)s THEN s.currency ELSE i.currency END,
    retail_price = CASE WHEN %(is_prices)s AND %(has_retail)s THEN s.retail_price ELSE i.retail_price END,
    stock = CASE WHEN %(has_stock)s THEN s.stock ELSE i.stock END,
    availability = CASE WHEN %(has_stock)s THEN coalesce(s.availability, '') ELSE i.availability END,
    updated_at = %(at)s
FROM delta d JOIN stage s ON s.ctid = d.place
WHERE i.id = d.item_id
