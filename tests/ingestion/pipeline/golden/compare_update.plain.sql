CREATE TEMPORARY TABLE delta ON COMMIT DROP AS
WITH known AS (SELECT i.id, i.sku_key, i.product_id, i.source_id, i.missing_since, i.listed IS NOT NULL AS is_edited,
    CASE WHEN i.listed ? 'supplier_sku' THEN i.listed ->> 'supplier_sku' ELSE i.supplier_sku END AS supplier_sku,
    CASE WHEN i.listed ? 'name' THEN i.listed ->> 'name' ELSE i.name END AS name,
    CASE WHEN i.listed ? 'current_price' THEN (i.listed ->> 'current_price')::numeric(14, 4) ELSE i.current_price END AS current_price,
    CASE WHEN i.listed ? 'currency' THEN i.listed ->> 'currency' ELSE i.currency END AS currency,
    CASE WHEN i.listed ? 'per_quantity' THEN (i.listed ->> 'per_quantity')::integer ELSE i.per_quantity END AS per_quantity,
    CASE WHEN i.listed ? 'characteristics' THEN i.listed -> 'characteristics' ELSE i.characteristics END AS characteristics,
    CASE WHEN i.listed ? 'notes' THEN nullif(i.listed -> 'notes', 'null') ELSE i.notes END AS notes
FROM catalog_supplieritem i WHERE i.supplier_id = %(supplier)s)
SELECT s.ctid AS place, s.line, s.sheet, s.row_number, i.supplier_sku AS known_sku, s.price, s.currency, coalesce(s.per_quantity, 1) AS per_quantity, s.notes,
    NULL::text AS supplier_sku, NULL::text AS name, NULL::jsonb AS characteristics, 'changed' AS fate, i.id AS item_id, i.product_id,
    false AS code_changed,
    false AS name_changed,
    %(is_prices)s AND (i.current_price, i.currency, i.per_quantity) IS DISTINCT FROM (s.price, s.currency, coalesce(s.per_quantity, 1)) AS price_changed,
    false AS characteristics_changed,
    %(is_prices)s AND i.notes IS DISTINCT FROM s.notes AS notes_changed,
    %(is_prices)s AND i.currency <> s.currency AS currency_changed, false AS returned, i.is_edited,
    %(is_prices)s AND (i.per_quantity <> coalesce(s.per_quantity, 1)) IS TRUE AS basis_changed, %(is_prices)s AND false AS side_changed,
    CASE WHEN %(is_prices)s THEN CASE WHEN i.current_price > 0 AND (i.current_price, i.per_quantity) <> (s.price, coalesce(s.per_quantity, 1)) THEN s.price * i.per_quantity / (i.current_price * coalesce(s.per_quantity, 1)) END END AS ratio,
    i.currency AS old_currency, ''::text AS cause, NULL::bigint AS origin_id
FROM stage s JOIN known i ON i.sku_key = s.sku_key
WHERE s.error_type IS NULL AND (
    %(is_prices)s AND (i.current_price, i.currency, i.per_quantity) IS DISTINCT FROM (s.price, s.currency, coalesce(s.per_quantity, 1))
    OR %(is_prices)s AND i.notes IS DISTINCT FROM s.notes
)
ORDER BY s.line
