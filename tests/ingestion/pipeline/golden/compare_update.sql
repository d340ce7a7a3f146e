CREATE TEMPORARY TABLE delta ON COMMIT DROP AS
WITH known AS (SELECT i.id, i.sku_key, i.product_id, i.source_id, i.missing_since, i.listed IS NOT NULL AS is_edited,
    CASE WHEN i.listed ? 'supplier_sku' THEN i.listed ->> 'supplier_sku' ELSE i.supplier_sku END AS supplier_sku,
    CASE WHEN i.listed ? 'name' THEN i.listed ->> 'name' ELSE i.name END AS name,
    CASE WHEN i.listed ? 'current_price' THEN (i.listed ->> 'current_price')::numeric(14, 4) ELSE i.current_price END AS current_price,
    CASE WHEN i.listed ? 'currency' THEN i.listed ->> 'currency' ELSE i.currency END AS currency,
    CASE WHEN i.listed ? 'retail_price' THEN (i.listed ->> 'retail_price')::numeric(14, 4) ELSE i.retail_price END AS retail_price,
    CASE WHEN i.listed ? 'stock' THEN (i.listed ->> 'stock')::integer ELSE i.stock END AS stock,
    CASE WHEN i.listed ? 'availability' THEN i.listed ->> 'availability' ELSE i.availability END AS availability,
    CASE WHEN i.listed ? 'characteristics' THEN i.listed -> 'characteristics' ELSE i.characteristics END AS characteristics,
    CASE WHEN i.listed ? 'notes' THEN nullif(i.listed -> 'notes', 'null') ELSE i.notes END AS notes
FROM catalog_supplieritem i WHERE i.supplier_id = %(supplier)s)
SELECT s.ctid AS place, s.line, s.sheet, s.row_number, i.supplier_sku AS known_sku, s.price, s.currency, s.retail_price, s.stock, coalesce(s.availability, '') AS availability, s.notes,
    NULL::text AS supplier_sku, NULL::text AS name, NULL::jsonb AS characteristics, 'changed' AS fate, i.id AS item_id, i.product_id,
    false AS code_changed,
    false AS name_changed,
    %(is_prices)s AND (i.current_price, i.currency) IS DISTINCT FROM (s.price, s.currency) AS price_changed,
    %(is_prices)s AND %(has_retail)s AND i.retail_price IS DISTINCT FROM s.retail_price AS retail_changed,
    %(has_stock)s AND (i.stock, i.availability) IS DISTINCT FROM (s.stock, coalesce(s.availability, '')) AS stock_changed,
    false AS characteristics_changed,
    %(is_prices)s AND i.notes IS DISTINCT FROM s.notes AS notes_changed,
    %(is_prices)s AND i.currency <> s.currency AS currency_changed, false AS returned, i.is_edited,
    CASE WHEN %(is_prices)s AND i.current_price > 0 AND i.current_price <> s.price THEN s.price / i.current_price END AS ratio,
    i.currency AS old_currency, ''::text AS cause, NULL::bigint AS origin_id
FROM stage s JOIN known i ON i.sku_key = s.sku_key
WHERE s.error_type IS NULL AND (
    %(is_prices)s AND (i.current_price, i.currency) IS DISTINCT FROM (s.price, s.currency)
    OR %(is_prices)s AND %(has_retail)s AND i.retail_price IS DISTINCT FROM s.retail_price
    OR %(has_stock)s AND (i.stock, i.availability) IS DISTINCT FROM (s.stock, coalesce(s.availability, ''))
    OR %(is_prices)s AND i.notes IS DISTINCT FROM s.notes
)
ORDER BY s.line
