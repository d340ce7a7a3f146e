-- A list of codes with stocks or prices alone only updates items that are known; any other code becomes a row error.
WITH unknown AS (
    UPDATE stage s SET error_type = %(error_type)s, message = format(%(message)s, s.supplier_sku), cause = %(cause)s,
        row_data = jsonb_strip_nulls(jsonb_build_object(
            'supplier_sku', s.supplier_sku, 'price', s.price::text, 'currency', s.currency, 'stock', s.stock::text,
            'availability', s.availability
        ))
    WHERE s.error_type IS NULL AND NOT EXISTS (
        SELECT FROM catalog_supplieritem i WHERE i.supplier_id = %(supplier)s AND i.sku_key = s.sku_key
    )
    RETURNING s.message
)
SELECT count(*), min(message) FROM unknown
