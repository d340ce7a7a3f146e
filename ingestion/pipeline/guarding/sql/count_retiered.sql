-- Items of which other quantities have prices of their own than before, by what became of these: new, gone, others.
SELECT count(*) FILTER (WHERE i.price_breaks IS NULL), count(*) FILTER (WHERE d.price_breaks IS NULL),
    count(*) FILTER (WHERE i.price_breaks IS NOT NULL AND d.price_breaks IS NOT NULL)
FROM delta d JOIN catalog_supplieritem i ON i.id = d.item_id
WHERE d.fate = @changed AND d.price_breaks_changed
    AND jsonb_path_query_array(i.price_breaks, '$[*].minimum') IS DISTINCT FROM jsonb_path_query_array(d.price_breaks, '$[*].minimum')
