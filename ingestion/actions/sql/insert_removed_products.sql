-- Drafts that an undoing had removed are there again, in their category if that is still there.
INSERT INTO catalog_product SELECT r.* FROM undoing u, jsonb_populate_record(NULL::catalog_product, u.old -> 'product' || jsonb_build_object(
    'category_id', (SELECT c.id FROM catalog_category c WHERE c.id = (u.old -> 'product' ->> 'category_id')::bigint)
)) r
WHERE u.deed = 'insert' AND u.obstacle IS NULL
