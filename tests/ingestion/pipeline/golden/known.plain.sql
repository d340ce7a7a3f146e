SELECT i.id, i.sku_key, i.product_id, i.source_id, i.missing_since, i.listed IS NOT NULL AS is_edited,
    CASE WHEN i.listed ? 'supplier_sku' THEN i.listed ->> 'supplier_sku' ELSE i.supplier_sku END AS supplier_sku,
    CASE WHEN i.listed ? 'name' THEN i.listed ->> 'name' ELSE i.name END AS name,
    CASE WHEN i.listed ? 'current_price' THEN (i.listed ->> 'current_price')::numeric(14, 4) ELSE i.current_price END AS current_price,
    CASE WHEN i.listed ? 'currency' THEN i.listed ->> 'currency' ELSE i.currency END AS currency,
    CASE WHEN i.listed ? 'per_quantity' THEN (i.listed ->> 'per_quantity')::integer ELSE i.per_quantity END AS per_quantity,
    CASE WHEN i.listed ? 'characteristics' THEN i.listed -> 'characteristics' ELSE i.characteristics END AS characteristics,
    CASE WHEN i.listed ? 'notes' THEN nullif(i.listed -> 'notes', 'null') ELSE i.notes END AS notes
FROM catalog_supplieritem i WHERE i.supplier_id = %(supplier)s
