CREATE TEMPORARY TABLE delta ON COMMIT DROP AS
WITH known AS (SELECT i.id, i.sku_key, i.product_id, i.source_id, i.missing_since, i.listed IS NOT NULL AS is_edited,
    CASE WHEN i.listed ? 'supplier_sku' THEN i.listed ->> 'supplier_sku' ELSE i.supplier_sku END AS supplier_sku,
    CASE WHEN i.listed ? 'name' THEN i.listed ->> 'name' ELSE i.name END AS name,
    CASE WHEN i.listed ? 'current_price' THEN (i.listed ->> 'current_price')::numeric(14, 4) ELSE i.current_price END AS current_price,
    CASE WHEN i.listed ? 'currency' THEN i.listed ->> 'currency' ELSE i.currency END AS currency,
    CASE WHEN i.listed ? 'per_quantity' THEN (i.listed ->> 'per_quantity')::integer ELSE i.per_quantity END AS per_quantity,
    CASE WHEN i.listed ? 'characteristics' THEN i.listed -> 'characteristics' ELSE i.characteristics END AS characteristics,
    CASE WHEN i.listed ? 'notes' THEN nullif(i.listed -> 'notes', 'null') ELSE i.notes END AS notes
FROM catalog_supplieritem i WHERE i.supplier_id = %(supplier)s), listed AS (
    SELECT ctid AS place, * FROM stage WHERE error_type IS NULL
)
SELECT s.place, s.line, s.sheet, s.row_number, i.supplier_sku AS known_sku, s.price, s.currency, coalesce(s.per_quantity, 1) AS per_quantity, s.notes,
    CASE WHEN i.supplier_sku <> s.supplier_sku THEN s.supplier_sku END AS supplier_sku,
    CASE WHEN i.name <> s.name THEN s.name END AS name,
    CASE WHEN (i.characteristics <> s.characteristics AND NOT (i.characteristics @> s.characteristics AND i.characteristics - %(of_facts)s::text[] <@ s.characteristics)) THEN s.characteristics END AS characteristics,
    CASE WHEN s.line IS NULL THEN 'missing' WHEN i.id IS NULL THEN 'new' ELSE 'changed' END AS fate,
    CASE WHEN i.id IS NULL THEN nextval('catalog_supplieritem_id_seq') ELSE i.id END AS item_id,
    CASE WHEN i.id IS NULL THEN nextval('catalog_product_id_seq') ELSE i.product_id END AS product_id,
    i.id IS NOT NULL AND s.line IS NOT NULL AND i.supplier_sku <> s.supplier_sku AS code_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND i.name <> s.name AS name_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND (i.current_price, i.currency, i.per_quantity) IS DISTINCT FROM (s.price, s.currency, coalesce(s.per_quantity, 1)) AS price_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND (i.characteristics <> s.characteristics AND NOT (i.characteristics @> s.characteristics AND i.characteristics - %(of_facts)s::text[] <@ s.characteristics)) AS characteristics_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND i.notes IS DISTINCT FROM s.notes AS notes_changed,
    i.id IS NOT NULL AND s.line IS NOT NULL AND i.currency <> s.currency AS currency_changed,
    s.line IS NOT NULL AND i.missing_since IS NOT NULL AS returned,
    (i.per_quantity <> coalesce(s.per_quantity, 1)) IS TRUE AS basis_changed, false AS side_changed,
    i.is_edited, CASE WHEN i.current_price > 0 AND (i.current_price, i.per_quantity) <> (s.price, coalesce(s.per_quantity, 1)) THEN s.price * i.per_quantity / (i.current_price * coalesce(s.per_quantity, 1)) END AS ratio,
    i.currency AS old_currency, ''::text AS cause, NULL::bigint AS origin_id
FROM listed s FULL JOIN known i ON i.sku_key = s.sku_key
WHERE CASE
    WHEN s.line IS NULL THEN
        %(is_complete)s AND i.source_id = %(source)s AND i.missing_since IS NULL
    WHEN i.id IS NULL THEN true
    ELSE i.missing_since IS NOT NULL OR %(is_complete)s AND i.source_id IS NULL
        OR i.supplier_sku <> s.supplier_sku
        OR i.name <> s.name
        OR (i.current_price, i.currency, i.per_quantity) IS DISTINCT FROM (s.price, s.currency, coalesce(s.per_quantity, 1))
        OR (i.characteristics <> s.characteristics AND NOT (i.characteristics @> s.characteristics AND i.characteristics - %(of_facts)s::text[] <@ s.characteristics))
        OR i.notes IS DISTINCT FROM s.notes
END
ORDER BY s.line
