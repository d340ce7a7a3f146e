-- Categories that the run had made and nobody uses or has looked at; to be repeated until none is left.
DELETE FROM catalog_category c WHERE c.created_run_id = %(root)s AND c.needs_review
    AND NOT EXISTS (SELECT FROM catalog_category k WHERE k.parent_id = c.id)
    AND NOT EXISTS (SELECT FROM catalog_product p WHERE p.category_id = c.id)
RETURNING c.id, c.parent_id, c.name
