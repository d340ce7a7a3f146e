-- Sets the columns that `v.values` names, and no other.
@set_named,
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
