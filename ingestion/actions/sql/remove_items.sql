-- What the run had made, with its drafts. Their price history stays, marked as withdrawn.
WITH removed AS (
    DELETE FROM catalog_supplieritem i USING undoing u WHERE u.deed = 'remove' AND u.obstacle IS NULL AND i.id = u.item_id
    RETURNING i.id, i.product_id
), texts AS (
    DELETE FROM catalog_itemtext t USING removed r WHERE t.item_id = r.id
), product_texts AS (
    DELETE FROM catalog_producttext t USING removed r WHERE t.product_id = r.product_id
)
DELETE FROM catalog_product p USING removed r WHERE p.id = r.product_id
