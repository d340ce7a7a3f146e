WITH RECURSIVE known AS (SELECT id, name::text AS path FROM catalog_category WHERE parent_id IS NULL
    UNION ALL
    SELECT c.id, k.path || chr(31) || c.name FROM catalog_category c JOIN known k ON c.parent_id = k.id), paths AS (
    SELECT DISTINCT category FROM stage WHERE error_type IS NULL AND category IS NOT NULL
), named AS (SELECT DISTINCT array_to_string(path[:depth], chr(31)) AS path, left(path[depth], 255) AS name
    FROM paths, string_to_array(category, chr(31)) AS path, generate_series(1, cardinality(path)) AS depth)
SELECT count(*) FROM named n WHERE NOT EXISTS (SELECT FROM known k WHERE k.path = n.path)
