-- What is known of the held rows, for naming the cause. Of a price in another currency that is said already: its item is not looked up.
SELECT d.item_id, coalesce(d.ratio, 0)::float8, d.old_currency, d.currency, d.price::float8, coalesce(i.current_price, 0)::float8,
    d.retail_price::float8, i.retail_price::float8, coalesce(i.name, ''),
    coalesce(i.characteristics || coalesce(d.characteristics, i.listed -> 'characteristics', '{}'), '{}')
FROM delta d LEFT JOIN catalog_supplieritem i ON i.id = d.item_id AND NOT d.currency_changed
WHERE d.fate = 'held'
