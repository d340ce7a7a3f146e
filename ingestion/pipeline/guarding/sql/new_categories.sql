-- How many items the supplier does not have yet, how many categories would be made for them, and the names of some.
WITH RECURSIVE known AS (@category_paths), fresh AS (
    SELECT s.category FROM stage s WHERE s.error_type IS NULL AND NOT EXISTS (
        SELECT FROM catalog_supplieritem i WHERE i.supplier_id = %(supplier)s AND i.sku_key = s.sku_key
    )
), paths AS (
    SELECT DISTINCT category FROM fresh WHERE category IS NOT NULL
), named AS (@all_levels), missing AS (
    SELECT name FROM named n WHERE NOT EXISTS (SELECT FROM known k WHERE k.path = n.path)
)
SELECT (SELECT count(*) FROM fresh), (SELECT count(*) FROM missing),
    (SELECT coalesce(array_agg(name), '{}') FROM (SELECT DISTINCT name FROM missing ORDER BY name LIMIT %(shown)s) shown)
