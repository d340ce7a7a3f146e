-- How many items the supplier does not have yet, how many categories would be made for them, and the names of some.
WITH RECURSIVE known AS (@category_paths), fresh AS (
    -- NOT IN has a hash table made, also of a supplier whose items are new to the planner
    SELECT category FROM stage WHERE error_type IS NULL AND sku_key NOT IN (
        SELECT sku_key FROM catalog_supplieritem WHERE supplier_id = %(supplier)s
    )
), paths AS (
    SELECT DISTINCT category FROM fresh WHERE category IS NOT NULL
), named AS (@all_levels), missing AS (
    SELECT name FROM named n WHERE NOT EXISTS (SELECT FROM known k WHERE k.path = n.path)
)
SELECT (SELECT count(*) FROM fresh), (SELECT count(*) FROM missing),
    (SELECT coalesce(array_agg(name), '{}') FROM (SELECT DISTINCT name FROM missing ORDER BY name LIMIT %(shown)s) shown)
