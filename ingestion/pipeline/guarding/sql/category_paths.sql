-- Whole paths of the catalog's categories.
SELECT id, name::text AS path FROM catalog_category WHERE parent_id IS NULL
    UNION ALL
    SELECT c.id, k.path || chr(31) || c.name FROM catalog_category c JOIN known k ON c.parent_id = k.id
