INSERT INTO ingestion_change (run_id, kind, state, supplier_sku, sheet, row_number, old, new, cause, comment)
SELECT %(run)s, CASE WHEN s.error_type IS NULL THEN 'new' ELSE 'failed' END, 'planned', coalesce(s.supplier_sku, ''), s.sheet, s.row_number,
    '{}', CASE WHEN s.error_type IS NULL THEN jsonb_build_object(
        'name', s.name,
        'current_price', s.price,
        'currency', s.currency,
        'per_quantity', coalesce(s.per_quantity, 1),
        'retail_price', s.retail_price,
        'stock', s.stock,
        'availability', coalesce(s.availability, ''),
        'category', s.category,
        'characteristics', s.characteristics,
        'notes', s.notes,
        'brand', s.brand,
        'mpn', s.mpn,
        'barcode', s.barcode,
        'unit', s.unit,
        'pack_size', s.pack_size,
        'minimum_order', s.minimum_order,
        'order_multiple', s.order_multiple,
        'price_breaks', s.price_breaks,
        'tax_rate', s.tax_rate,
        'tax_included', s.tax_included,
        'country', s.country,
        'lead_time', s.lead_time,
        'weight', s.weight,
        'link', s.link,
        'picture', s.picture
    )
    ELSE jsonb_build_object('error_type', s.error_type, 'message', s.message, 'row_data', s.row_data) END, '', ''
FROM stage s LEFT JOIN delta d ON d.place = s.ctid
WHERE s.error_type IS NOT NULL OR d.fate = 'new'
ORDER BY s.line
