UPDATE catalog_supplieritem i SET
supplier_sku = CASE WHEN v.values ? 'supplier_sku' THEN v.values ->> 'supplier_sku' ELSE i.supplier_sku END,
name = CASE WHEN v.values ? 'name' THEN v.values ->> 'name' ELSE i.name END,
current_price = CASE WHEN v.values ? 'current_price' THEN (v.values ->> 'current_price')::numeric(14, 4) ELSE i.current_price END,
currency = CASE WHEN v.values ? 'currency' THEN v.values ->> 'currency' ELSE i.currency END,
retail_price = CASE WHEN v.values ? 'retail_price' THEN (v.values ->> 'retail_price')::numeric(14, 4) ELSE i.retail_price END,
stock = CASE WHEN v.values ? 'stock' THEN (v.values ->> 'stock')::integer ELSE i.stock END,
availability = CASE WHEN v.values ? 'availability' THEN v.values ->> 'availability' ELSE i.availability END,
characteristics = CASE WHEN v.values ? 'characteristics' THEN v.values -> 'characteristics' ELSE i.characteristics END,
notes = CASE WHEN v.values ? 'notes' THEN nullif(v.values -> 'notes', 'null') ELSE i.notes END,
source_id = CASE WHEN v.values ? 'source_id' THEN
    (SELECT o.id FROM suppliers_pricelistsource o WHERE o.id = (v.values ->> 'source_id')::bigint) ELSE i.source_id END,
product_id = CASE WHEN v.values ? 'product_id' THEN
    (SELECT p.id FROM catalog_product p WHERE p.id = (v.values ->> 'product_id')::bigint) ELSE i.product_id END,
missing_since = CASE WHEN v.values ? 'missing_since' THEN (v.values ->> 'missing_since')::timestamptz ELSE i.missing_since END,
last_listed_at = CASE WHEN v.values ? 'last_listed_at' THEN (v.values ->> 'last_listed_at')::timestamptz ELSE i.last_listed_at END,
missing_at_list = CASE WHEN v.values ? 'missing_at_list' THEN (v.values ->> 'missing_at_list')::integer ELSE i.missing_at_list END,
listed = CASE WHEN v.values ? 'listed' THEN nullif(v.values -> 'listed', 'null') ELSE i.listed END,
updated_at = %(at)s
FROM (SELECT item_id, new AS values FROM ingestion_change WHERE run_id = %(run)s) v WHERE i.id = v.item_id
