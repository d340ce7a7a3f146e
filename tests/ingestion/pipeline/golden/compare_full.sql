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
FROM catalog_supplieritem i WHERE i.supplier_id = %(supplier)s), listed AS (
    SELECT ctid AS place, * FROM stage WHERE error_type IS NULL
)
SELECT s.place, s.line, s.sheet, s.row_number, i.supplier_sku AS known_sku, s.price, s.currency, coalesce(s.per_quantity, 1) AS per_quantity, s.retail_price, s.stock, coalesce(s.availability, '') AS availability, s.notes, s.brand, s.mpn, s.barcode, s.unit, s.pack_size, s.minimum_order, s.order_multiple, s.price_breaks, s.tax_rate, s.tax_included, s.country, s.lead_time, s.weight, s.link, s.picture,
    CASE WHEN i.supplier_sku <> s.supplier_sku THEN s.supplier_sku END AS supplier_sku,
    CASE WHEN i.name <> s.name THEN s.name END AS name,
    CASE WHEN (i.characteristics <> s.characteristics AND NOT (i.characteristics @> s.characteristics AND i.characteristics - %(of_facts)s::text[] <@ s.characteristics AND (i.brand, i.mpn, i.barcode, i.unit, i.pack_size, i.minimum_order, i.order_multiple, i.price_breaks, i.tax_rate, i.tax_included, i.country, i.lead_time, i.weight, i.link, i.picture) IS NOT DISTINCT FROM (s.brand, s.mpn, s.barcode, s.unit, s.pack_size, s.minimum_order, s.order_multiple, s.price_breaks, s.tax_rate, s.tax_included, s.country, s.lead_time, s.weight, s.link, s.picture))) THEN s.characteristics END AS characteristics,
    CASE WHEN s.line IS NULL THEN 'missing' WHEN i.id IS NULL THEN 'new' ELSE 'changed' END AS fate,
    CASE WHEN i.id IS NULL THEN nextval('catalog_supplieritem_id_seq') ELSE i.id END AS item_id,
    CASE WHEN i.id IS NULL THEN nextval('catalog_product_id_seq') ELSE i.product_id END AS product_id,
    i.id IS NOT NULL AND s.line IS NOT NULL AND i.supplier_sku <> s.supplier_sku AS code_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND i.name <> s.name AS name_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND ((i.current_price, i.currency, i.per_quantity) IS DISTINCT FROM (s.price, s.currency, coalesce(s.per_quantity, 1)) OR (i.tax_included <> s.tax_included) IS TRUE) AS price_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND i.retail_price IS DISTINCT FROM s.retail_price AS retail_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND (i.stock, i.availability) IS DISTINCT FROM (s.stock, coalesce(s.availability, '')) AS stock_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND (i.characteristics <> s.characteristics AND NOT (i.characteristics @> s.characteristics AND i.characteristics - %(of_facts)s::text[] <@ s.characteristics AND (i.brand, i.mpn, i.barcode, i.unit, i.pack_size, i.minimum_order, i.order_multiple, i.price_breaks, i.tax_rate, i.tax_included, i.country, i.lead_time, i.weight, i.link, i.picture) IS NOT DISTINCT FROM (s.brand, s.mpn, s.barcode, s.unit, s.pack_size, s.minimum_order, s.order_multiple, s.price_breaks, s.tax_rate, s.tax_included, s.country, s.lead_time, s.weight, s.link, s.picture))) AS characteristics_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND i.notes IS DISTINCT FROM s.notes AS notes_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND i.brand IS DISTINCT FROM s.brand AS brand_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND i.mpn IS DISTINCT FROM s.mpn AS mpn_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND i.barcode IS DISTINCT FROM s.barcode AS barcode_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND i.unit IS DISTINCT FROM s.unit AS unit_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND i.pack_size IS DISTINCT FROM s.pack_size AS pack_size_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND i.minimum_order IS DISTINCT FROM s.minimum_order AS minimum_order_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND i.order_multiple IS DISTINCT FROM s.order_multiple AS order_multiple_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND i.price_breaks IS DISTINCT FROM s.price_breaks AS price_breaks_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND (i.tax_rate, i.tax_included) IS DISTINCT FROM (s.tax_rate, s.tax_included) AS tax_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND i.country IS DISTINCT FROM s.country AS country_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND i.lead_time IS DISTINCT FROM s.lead_time AS lead_time_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND i.weight IS DISTINCT FROM s.weight AS weight_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND i.link IS DISTINCT FROM s.link AS link_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND i.picture IS DISTINCT FROM s.picture AS picture_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND i.currency <> s.currency AS currency_changed,
    s.line IS NOT NULL AND i.missing_since IS NOT NULL AS returned,
    (i.per_quantity <> coalesce(s.per_quantity, 1)) IS TRUE AS basis_changed, (i.tax_included <> s.tax_included) IS TRUE AS side_changed,
    i.is_edited, CASE WHEN i.current_price > 0 AND ((i.current_price, i.per_quantity) <> (s.price, coalesce(s.per_quantity, 1)) OR (i.tax_included <> s.tax_included) IS TRUE) THEN s.price * i.per_quantity * CASE WHEN (i.tax_included <> s.tax_included) IS TRUE AND i.tax_included THEN (100 + coalesce(s.tax_rate, i.tax_rate, 0)) ELSE 100 END / (i.current_price * coalesce(s.per_quantity, 1) * CASE WHEN (i.tax_included <> s.tax_included) IS TRUE AND s.tax_included THEN (100 + coalesce(s.tax_rate, i.tax_rate, 0)) ELSE 100 END) END AS ratio,
    i.currency AS old_currency, ''::text AS cause, NULL::bigint AS origin_id
FROM listed s FULL JOIN known i ON i.sku_key = s.sku_key
WHERE CASE
    WHEN s.line IS NULL THEN
        %(is_complete)s AND i.source_id = %(source)s AND i.missing_since IS NULL
    WHEN i.id IS NULL THEN true
    ELSE i.missing_since IS NOT NULL OR %(is_complete)s AND i.source_id IS NULL
        OR i.supplier_sku <> s.supplier_sku
        OR i.name <> s.name
        OR ((i.current_price, i.currency, i.per_quantity) IS DISTINCT FROM (s.price, s.currency, coalesce(s.per_quantity, 1)) OR (i.tax_included <> s.tax_included) IS TRUE)
        OR i.retail_price IS DISTINCT FROM s.retail_price
        OR (i.stock, i.availability) IS DISTINCT FROM (s.stock, coalesce(s.availability, ''))
        OR (i.characteristics <> s.characteristics AND NOT (i.characteristics @> s.characteristics AND i.characteristics - %(of_facts)s::text[] <@ s.characteristics AND (i.brand, i.mpn, i.barcode, i.unit, i.pack_size, i.minimum_order, i.order_multiple, i.price_breaks, i.tax_rate, i.tax_included, i.country, i.lead_time, i.weight, i.link, i.picture) IS NOT DISTINCT FROM (s.brand, s.mpn, s.barcode, s.unit, s.pack_size, s.minimum_order, s.order_multiple, s.price_breaks, s.tax_rate, s.tax_included, s.country, s.lead_time, s.weight, s.link, s.picture)))
        OR i.notes IS DISTINCT FROM s.notes
        OR i.brand IS DISTINCT FROM s.brand
        OR i.mpn IS DISTINCT FROM s.mpn
        OR i.barcode IS DISTINCT FROM s.barcode
        OR i.unit IS DISTINCT FROM s.unit
        OR i.pack_size IS DISTINCT FROM s.pack_size
        OR i.minimum_order IS DISTINCT FROM s.minimum_order
        OR i.order_multiple IS DISTINCT FROM s.order_multiple
        OR i.price_breaks IS DISTINCT FROM s.price_breaks
        OR (i.tax_rate, i.tax_included) IS DISTINCT FROM (s.tax_rate, s.tax_included)
        OR i.country IS DISTINCT FROM s.country
        OR i.lead_time IS DISTINCT FROM s.lead_time
        OR i.weight IS DISTINCT FROM s.weight
        OR i.link IS DISTINCT FROM s.link
        OR i.picture IS DISTINCT FROM s.picture
END
ORDER BY s.line
