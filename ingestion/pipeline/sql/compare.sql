-- What a full list changes, found in one pass over both sides: a full join needs one hash table where separate statements for
-- new, changed and missing items would need three. Unchanged rows, the bulk of a weekly list, are left out; the others are kept
-- narrow (the wide values stay in the stage, found again by ctid). New items get their ids here, in the order of the list, so that
-- items, products and first prices can be inserted in any order without asking back.
--
-- A stock or a retail price is compared only where this list has such a column at all: another list may keep it up to date.
-- An item is missing when its own source's list does not have it, not even in a row that could not be used.
CREATE TEMPORARY TABLE delta ON COMMIT DROP AS
WITH known AS (
    SELECT * FROM catalog_supplieritem WHERE supplier_id = %(supplier)s
), listed AS (
    SELECT ctid AS place, * FROM stage WHERE error_type IS NULL
)
SELECT s.place, s.line,
    CASE WHEN s.line IS NULL THEN 'missing' WHEN i.id IS NULL THEN 'new' ELSE 'changed' END AS fate,
    CASE WHEN i.id IS NULL THEN nextval('catalog_supplieritem_id_seq') ELSE i.id END AS item_id,
    CASE WHEN i.id IS NULL THEN nextval('catalog_product_id_seq') ELSE i.product_id END AS product_id,
    difference.price AS price_changed,
    difference.price OR difference.other AS values_changed,
    s.line IS NOT NULL AND i.missing_since IS NOT NULL AS returned
FROM listed s FULL JOIN known i ON i.supplier_sku = s.supplier_sku
CROSS JOIN LATERAL (SELECT s.line IS NOT NULL AND i.id IS NOT NULL AS in_both) found
CROSS JOIN LATERAL (
    SELECT found.in_both AND (i.current_price, i.currency) IS DISTINCT FROM (s.price, s.currency) AS price,
        found.in_both AND (
            (i.name, i.characteristics) IS DISTINCT FROM (s.name, s.characteristics)
            OR %(has_stock)s AND (i.stock, i.availability) IS DISTINCT FROM (s.stock, coalesce(s.availability, ''))
            OR %(has_retail)s AND i.retail_price IS DISTINCT FROM s.retail_price
        ) AS other
) difference
WHERE CASE
    WHEN s.line IS NULL THEN %(is_complete)s AND i.source_id = %(source)s AND i.missing_since IS NULL
    WHEN i.id IS NULL THEN true
    ELSE difference.price OR difference.other OR i.missing_since IS NOT NULL OR i.source_id IS NULL
END
ORDER BY s.line
