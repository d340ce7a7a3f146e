-- What a full list changes, found in one pass over both sides: a full join needs one hash table where separate statements for
-- new, changed and missing items would need three. Unchanged rows, the bulk of a weekly list, are left out. Of the others there is all
-- that later statements want to know, so that only the new ones, whose wide values stay in the stage, are looked up there again, by
-- ctid. New items get their ids here, in the order of the list, so that items, products and first prices can be inserted in any
-- order without asking back.
--
-- A value counts as changed where the list's differs from what the last list said, whatever a person has made of it since. A stock,
-- a retail price or a barcode is compared only where this list has such a column at all: another list may keep it up to date.
-- An item is missing when its own source's list does not have it, not even in a row that could not be used.
CREATE TEMPORARY TABLE delta ON COMMIT DROP AS
WITH known AS (@known), listed AS (
    SELECT ctid AS place, * FROM stage WHERE error_type IS NULL
)
SELECT s.place, s.line, s.sheet, s.row_number, i.supplier_sku AS known_sku, @listed_values,
    @changed_wide_values,
    CASE WHEN s.line IS NULL THEN @missing WHEN i.id IS NULL THEN @new ELSE @changed END AS fate,
    CASE WHEN i.id IS NULL THEN nextval('catalog_supplieritem_id_seq') ELSE i.id END AS item_id,
    CASE WHEN i.id IS NULL THEN nextval('catalog_product_id_seq') ELSE i.product_id END AS product_id,
    @flags,
    i.id IS NOT NULL AND s.line IS NOT NULL AND i.currency <> s.currency AS currency_changed,
    s.line IS NOT NULL AND i.missing_since IS NOT NULL AS returned,
    @basis_changed AS basis_changed, @side_changed AS side_changed,
    i.is_edited, @ratio AS ratio,
    i.currency AS old_currency, ''::text AS cause, NULL::bigint AS origin_id
FROM listed s FULL JOIN known i ON i.sku_key = s.sku_key
WHERE CASE
    WHEN s.line IS NULL THEN
        %(is_complete)s AND i.source_id = %(source)s AND i.missing_since IS NULL
    WHEN i.id IS NULL THEN true
    ELSE i.missing_since IS NOT NULL OR %(is_complete)s AND i.source_id IS NULL
        OR @differs
END
ORDER BY s.line
