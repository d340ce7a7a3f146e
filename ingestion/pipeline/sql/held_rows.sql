-- What is known of the held rows, for naming the cause.
SELECT d.item_id, coalesce(d.ratio, 0)::float8, d.old_currency, s.currency, s.price::float8, i.current_price::float8,
    s.retail_price::float8, i.retail_price::float8, i.name, i.characteristics || s.characteristics
FROM delta d JOIN stage s ON s.ctid = d.place JOIN catalog_supplieritem i ON i.id = d.item_id
WHERE d.fate = 'held'
