SELECT d.item_id, coalesce(d.ratio, 0)::float8, d.currency, d.price::float8, i.current_price::float8, s.retail_price::float8,
    i.retail_price::float8, i.name, i.characteristics || coalesce(d.characteristics, i.listed -> 'characteristics', '{}'),
    coalesce(s.pack_size, i.pack_size)::float8
FROM delta d JOIN catalog_supplieritem i ON i.id = d.item_id LEFT JOIN stage s ON s.ctid = d.place
WHERE d.fate = 'held' AND d.cause = ''
