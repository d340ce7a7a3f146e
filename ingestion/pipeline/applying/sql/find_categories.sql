-- The ids of one level, whoever inserted them.
UPDATE branch b SET id = c.id FROM branch l LEFT JOIN branch p ON p.path = l.parent_path AND p.depth = l.depth - 1
    JOIN catalog_category c ON c.name = l.name AND coalesce(c.parent_id, 0) = coalesce(p.id, 0)
WHERE b.ctid = l.ctid AND l.depth = %(depth)s
