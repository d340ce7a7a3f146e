CREATE TEMPORARY TABLE delta ON COMMIT DROP AS
WITH known AS (SELECT i.id, i.sku_key, i.product_id, i.source_id, i.missing_since, i.listed IS NOT NULL AS is_edited,
    CASE WHEN i.listed ? 'supplier_sku' THEN i.listed ->> 'supplier_sku' ELSE i.supplier_sku END AS supplier_sku,
    CASE WHEN i.listed ? 'name' THEN i.listed ->> 'name' ELSE i.name END AS name,
    CASE WHEN i.listed ? 'current_price' THEN (i.listed ->> 'current_price')::numeric(14, 4) ELSE i.current_price END AS current_price,
    CASE WHEN i.listed ? 'currency' THEN i.listed ->> 'currency' ELSE i.currency END AS currency,
    CASE WHEN i.listed ? 'per_quantity' THEN (i.listed ->> 'per_quantity')::integer ELSE i.per_quantity END AS per_quantity,
    CASE WHEN i.listed ? 'retail_price' THEN (i.listed ->> 'retail_price')::numeric(14, 4) ELSE i.retail_price END AS retail_price,
    CASE WHEN i.listed ? 'stock' THEN (i.listed ->> 'stock')::integer ELSE i.stock END AS stock,
    CASE WHEN i.listed ? 'availability' THEN i.listed ->> 'availability' ELSE i.availability END AS availability,
    CASE WHEN i.listed ? 'characteristics' THEN i.listed -> 'characteristics' ELSE i.characteristics END AS characteristics,
    CASE WHEN i.listed ? 'notes' THEN nullif(i.listed -> 'notes', 'null') ELSE i.notes END AS notes,
    CASE WHEN i.listed ? 'brand' THEN i.listed ->> 'brand' ELSE i.brand END AS brand,
    CASE WHEN i.listed ? 'mpn' THEN i.listed ->> 'mpn' ELSE i.mpn END AS mpn,
    CASE WHEN i.listed ? 'barcode' THEN i.listed ->> 'barcode' ELSE i.barcode END AS barcode,
    CASE WHEN i.listed ? 'unit' THEN i.listed ->> 'unit' ELSE i.unit END AS unit,
    CASE WHEN i.listed ? 'pack_size' THEN (i.listed ->> 'pack_size')::numeric(14, 4) ELSE i.pack_size END AS pack_size,
    CASE WHEN i.listed ? 'minimum_order' THEN (i.listed ->> 'minimum_order')::numeric(14, 4) ELSE i.minimum_order END AS minimum_order,
    CASE WHEN i.listed ? 'order_multiple' THEN (i.listed ->> 'order_multiple')::numeric(14, 4) ELSE i.order_multiple END AS order_multiple,
    CASE WHEN i.listed ? 'price_breaks' THEN nullif(i.listed -> 'price_breaks', 'null') ELSE i.price_breaks END AS price_breaks,
    CASE WHEN i.listed ? 'tax_rate' THEN (i.listed ->> 'tax_rate')::numeric(5, 2) ELSE i.tax_rate END AS tax_rate,
    CASE WHEN i.listed ? 'tax_included' THEN (i.listed ->> 'tax_included')::boolean ELSE i.tax_included END AS tax_included,
    CASE WHEN i.listed ? 'country' THEN i.listed ->> 'country' ELSE i.country END AS country,
    CASE WHEN i.listed ? 'lead_time' THEN (i.listed ->> 'lead_time')::integer ELSE i.lead_time END AS lead_time,
    CASE WHEN i.listed ? 'weight' THEN (i.listed ->> 'weight')::numeric(14, 6) ELSE i.weight END AS weight,
    CASE WHEN i.listed ? 'link' THEN i.listed ->> 'link' ELSE i.link END AS link,
    CASE WHEN i.listed ? 'picture' THEN i.listed ->> 'picture' ELSE i.picture END AS picture
FROM catalog_supplieritem i WHERE i.supplier_id = %(supplier)s)
SELECT s.ctid AS place, s.line, s.sheet, s.row_number, i.supplier_sku AS known_sku, s.price, s.currency, coalesce(s.per_quantity, 1) AS per_quantity, s.retail_price, s.stock, coalesce(s.availability, '') AS availability, s.notes, s.brand, s.mpn, s.barcode, s.unit, s.pack_size, s.minimum_order, s.order_multiple, s.price_breaks, s.tax_rate, s.tax_included, s.country, s.lead_time, s.weight, s.link, s.picture,
    NULL::text AS supplier_sku, NULL::text AS name, NULL::jsonb AS characteristics, 'changed' AS fate, i.id AS item_id, i.product_id,
    false AS code_changed,
    false AS name_changed,
    %(is_prices)s AND ((i.current_price, i.currency, i.per_quantity) IS DISTINCT FROM (s.price, s.currency, coalesce(s.per_quantity, 1)) OR (i.tax_included <> s.tax_included) IS TRUE) AS price_changed,
    %(is_prices)s AND i.retail_price IS DISTINCT FROM s.retail_price AS retail_changed,
    (i.stock, i.availability) IS DISTINCT FROM (s.stock, coalesce(s.availability, '')) AS stock_changed,
    false AS characteristics_changed,
    %(is_prices)s AND i.notes IS DISTINCT FROM s.notes AS notes_changed,
    false AS brand_changed,
    false AS mpn_changed,
    false AS barcode_changed,
    false AS unit_changed,
    false AS pack_size_changed,
    false AS minimum_order_changed,
    false AS order_multiple_changed,
    %(is_prices)s AND i.price_breaks IS DISTINCT FROM s.price_breaks AS price_breaks_changed,
    %(is_prices)s AND (i.tax_rate, i.tax_included) IS DISTINCT FROM (s.tax_rate, s.tax_included) AS tax_changed,
    false AS country_changed,
    false AS lead_time_changed,
    false AS weight_changed,
    false AS link_changed,
    false AS picture_changed,
    %(is_prices)s AND i.currency <> s.currency AS currency_changed, false AS returned, i.is_edited,
    %(is_prices)s AND (i.per_quantity <> coalesce(s.per_quantity, 1)) IS TRUE AS basis_changed, %(is_prices)s AND (i.tax_included <> s.tax_included) IS TRUE AS side_changed,
    CASE WHEN %(is_prices)s THEN CASE WHEN i.current_price > 0 AND ((i.current_price, i.per_quantity) <> (s.price, coalesce(s.per_quantity, 1)) OR (i.tax_included <> s.tax_included) IS TRUE) THEN s.price * i.per_quantity * CASE WHEN (i.tax_included <> s.tax_included) IS TRUE AND i.tax_included THEN (100 + coalesce(s.tax_rate, i.tax_rate, 0)) ELSE 100 END / (i.current_price * coalesce(s.per_quantity, 1) * CASE WHEN (i.tax_included <> s.tax_included) IS TRUE AND s.tax_included THEN (100 + coalesce(s.tax_rate, i.tax_rate, 0)) ELSE 100 END) END END AS ratio,
    i.currency AS old_currency, ''::text AS cause, NULL::bigint AS origin_id
FROM stage s JOIN known i ON i.sku_key = s.sku_key
WHERE s.error_type IS NULL AND (
    %(is_prices)s AND ((i.current_price, i.currency, i.per_quantity) IS DISTINCT FROM (s.price, s.currency, coalesce(s.per_quantity, 1)) OR (i.tax_included <> s.tax_included) IS TRUE)
    OR %(is_prices)s AND i.retail_price IS DISTINCT FROM s.retail_price
    OR (i.stock, i.availability) IS DISTINCT FROM (s.stock, coalesce(s.availability, ''))
    OR %(is_prices)s AND i.notes IS DISTINCT FROM s.notes
    OR %(is_prices)s AND i.price_breaks IS DISTINCT FROM s.price_breaks
    OR %(is_prices)s AND (i.tax_rate, i.tax_included) IS DISTINCT FROM (s.tax_rate, s.tax_included)
)
ORDER BY s.line
