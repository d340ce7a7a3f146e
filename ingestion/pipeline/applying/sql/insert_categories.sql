-- One level of the tree. Other suppliers' runs may be inserting the same categories right now: whoever comes second waits here for
-- the first to commit, and since all insert level by level in the same order, nobody waits in a circle.
INSERT INTO catalog_category (parent_id, name, needs_review, created_run_id)
SELECT DISTINCT p.id, b.name, true, %(run)s::bigint FROM branch b LEFT JOIN branch p ON p.path = b.parent_path AND p.depth = b.depth - 1
WHERE b.depth = %(depth)s AND NOT EXISTS (
    SELECT FROM catalog_category c WHERE c.name = b.name AND coalesce(c.parent_id, 0) = coalesce(p.id, 0)
)
ORDER BY p.id, b.name
ON CONFLICT (parent_id, name) DO NOTHING
