UPDATE catalog_supplieritem i SET
supplier_sku = CASE WHEN v.values ? 'supplier_sku' THEN v.values ->> 'supplier_sku' ELSE i.supplier_sku END,
name = CASE WHEN v.values ? 'name' THEN v.values ->> 'name' ELSE i.name END,
current_price = CASE WHEN v.values ? 'current_price' THEN (v.values ->> 'current_price')::numeric(14, 4) ELSE i.current_price END,
currency = CASE WHEN v.values ? 'currency' THEN v.values ->> 'currency' ELSE i.currency END,
per_quantity = CASE WHEN v.values ? 'per_quantity' THEN (v.values ->> 'per_quantity')::integer ELSE i.per_quantity END,
retail_price = CASE WHEN v.values ? 'retail_price' THEN (v.values ->> 'retail_price')::numeric(14, 4) ELSE i.retail_price END,
stock = CASE WHEN v.values ? 'stock' THEN (v.values ->> 'stock')::integer ELSE i.stock END,
availability = CASE WHEN v.values ? 'availability' THEN v.values ->> 'availability' ELSE i.availability END,
characteristics = CASE WHEN v.values ? 'characteristics' THEN v.values -> 'characteristics' ELSE i.characteristics END,
notes = CASE WHEN v.values ? 'notes' THEN nullif(v.values -> 'notes', 'null') ELSE i.notes END,
brand = CASE WHEN v.values ? 'brand' THEN v.values ->> 'brand' ELSE i.brand END,
mpn = CASE WHEN v.values ? 'mpn' THEN v.values ->> 'mpn' ELSE i.mpn END,
barcode = CASE WHEN v.values ? 'barcode' THEN v.values ->> 'barcode' ELSE i.barcode END,
unit = CASE WHEN v.values ? 'unit' THEN v.values ->> 'unit' ELSE i.unit END,
pack_size = CASE WHEN v.values ? 'pack_size' THEN (v.values ->> 'pack_size')::numeric(14, 4) ELSE i.pack_size END,
minimum_order = CASE WHEN v.values ? 'minimum_order' THEN (v.values ->> 'minimum_order')::numeric(14, 4) ELSE i.minimum_order END,
order_multiple = CASE WHEN v.values ? 'order_multiple' THEN (v.values ->> 'order_multiple')::numeric(14, 4) ELSE i.order_multiple END,
price_breaks = CASE WHEN v.values ? 'price_breaks' THEN nullif(v.values -> 'price_breaks', 'null') ELSE i.price_breaks END,
tax_rate = CASE WHEN v.values ? 'tax_rate' THEN (v.values ->> 'tax_rate')::numeric(5, 2) ELSE i.tax_rate END,
tax_included = CASE WHEN v.values ? 'tax_included' THEN (v.values ->> 'tax_included')::boolean ELSE i.tax_included END,
country = CASE WHEN v.values ? 'country' THEN v.values ->> 'country' ELSE i.country END,
lead_time = CASE WHEN v.values ? 'lead_time' THEN (v.values ->> 'lead_time')::integer ELSE i.lead_time END,
weight = CASE WHEN v.values ? 'weight' THEN (v.values ->> 'weight')::numeric(14, 6) ELSE i.weight END,
link = CASE WHEN v.values ? 'link' THEN v.values ->> 'link' ELSE i.link END,
picture = CASE WHEN v.values ? 'picture' THEN v.values ->> 'picture' ELSE i.picture END,
source_id = CASE WHEN v.values ? 'source_id' THEN
    (SELECT o.id FROM suppliers_pricelistsource o WHERE o.id = (v.values ->> 'source_id')::bigint) ELSE i.source_id END,
product_id = CASE WHEN v.values ? 'product_id' THEN
    coalesce((SELECT p.id FROM catalog_product p WHERE p.id = (v.values ->> 'product_id')::bigint), (
        SELECT a.product_id FROM catalog_absorbedproduct a
        WHERE a.was_id = (v.values ->> 'product_id')::bigint AND a.restored_at IS NULL
    )) ELSE i.product_id END,
missing_since = CASE WHEN v.values ? 'missing_since' THEN (v.values ->> 'missing_since')::timestamptz ELSE i.missing_since END,
last_listed_at = CASE WHEN v.values ? 'last_listed_at' THEN (v.values ->> 'last_listed_at')::timestamptz ELSE i.last_listed_at END,
missing_at_list = CASE WHEN v.values ? 'missing_at_list' THEN (v.values ->> 'missing_at_list')::integer ELSE i.missing_at_list END,
listed = CASE WHEN v.values ? 'listed' THEN nullif(v.values -> 'listed', 'null') ELSE i.listed END,
updated_at = %(at)s
FROM (SELECT item_id, old AS values FROM undoing WHERE deed = 'revert' AND obstacle IS NULL) v WHERE i.id = v.item_id
