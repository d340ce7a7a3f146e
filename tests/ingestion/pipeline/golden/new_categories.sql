WITH RECURSIVE known AS (SELECT id, name::text AS path FROM catalog_category WHERE parent_id IS NULL
    UNION ALL
    SELECT c.id, k.path || chr(31) || c.name FROM catalog_category c JOIN known k ON c.parent_id = k.id), fresh AS (
    -- NOT IN has a hash table made, also of a supplier whose items are new to the planner
    SELECT category FROM stage WHERE error_type IS NULL AND sku_key NOT IN (
        SELECT sku_key FROM catalog_supplieritem WHERE supplier_id = %(supplier)s
    )
), paths AS (
    SELECT DISTINCT category FROM fresh WHERE category IS NOT NULL
), named AS (SELECT DISTINCT array_to_string(path[:depth], chr(31)) AS path, left(path[depth], 255) AS name
    FROM paths, string_to_array(category, chr(31)) AS path, generate_series(1, cardinality(path)) AS depth), missing AS (
    SELECT name FROM named n WHERE NOT EXISTS (SELECT FROM known k WHERE k.path = n.path)
)
SELECT (SELECT count(*) FROM fresh), (SELECT count(*) FROM missing),
    (SELECT coalesce(array_agg(name), '{}') FROM (SELECT DISTINCT name FROM missing ORDER BY name LIMIT %(shown)s) shown)
