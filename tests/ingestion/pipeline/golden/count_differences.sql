SELECT count(*) FILTER (WHERE fate = 'new'),
    count(*) FILTER (WHERE fate = 'changed' AND (code_changed OR name_changed OR price_changed OR retail_changed OR stock_changed OR characteristics_changed OR notes_changed OR brand_changed OR mpn_changed OR barcode_changed OR unit_changed OR pack_size_changed OR minimum_order_changed OR order_multiple_changed OR price_breaks_changed OR tax_changed OR country_changed OR lead_time_changed OR weight_changed OR link_changed OR picture_changed)),
    count(*) FILTER (WHERE fate = 'missing'), count(*) FILTER (WHERE fate = 'changed' AND returned),
    count(*) FILTER (WHERE fate IN ('held', 'rejected')), count(*) FILTER (WHERE fate IN ('changed', 'missing')),
    min(item_id) FILTER (WHERE fate = 'new'), max(item_id) FILTER (WHERE fate = 'new'), count(*) FILTER (WHERE fate = 'rejected')
FROM delta
