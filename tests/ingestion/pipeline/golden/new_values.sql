CASE WHEN d.fate = 'missing' THEN %(missing)s::jsonb ELSE
    CASE WHEN d.code_changed THEN jsonb_build_object('supplier_sku', d.supplier_sku) ELSE '{}' END
    || CASE WHEN d.name_changed THEN jsonb_build_object('name', d.name) ELSE '{}' END
    || CASE WHEN d.price_changed THEN jsonb_build_object('current_price', d.price, 'currency', d.currency, 'per_quantity', d.per_quantity) ELSE '{}' END
    || CASE WHEN d.retail_changed THEN jsonb_build_object('retail_price', d.retail_price) ELSE '{}' END
    || CASE WHEN d.stock_changed THEN jsonb_build_object('stock', d.stock, 'availability', d.availability) ELSE '{}' END
    || CASE WHEN d.characteristics_changed THEN jsonb_build_object('characteristics', d.characteristics) ELSE '{}' END
    || CASE WHEN d.notes_changed THEN jsonb_build_object('notes', d.notes) ELSE '{}' END
    || CASE WHEN d.brand_changed THEN jsonb_build_object('brand', d.brand) ELSE '{}' END
    || CASE WHEN d.mpn_changed THEN jsonb_build_object('mpn', d.mpn) ELSE '{}' END
    || CASE WHEN d.barcode_changed THEN jsonb_build_object('barcode', d.barcode) ELSE '{}' END
    || CASE WHEN d.unit_changed THEN jsonb_build_object('unit', d.unit) ELSE '{}' END
    || CASE WHEN d.pack_size_changed THEN jsonb_build_object('pack_size', d.pack_size) ELSE '{}' END
    || CASE WHEN d.minimum_order_changed THEN jsonb_build_object('minimum_order', d.minimum_order) ELSE '{}' END
    || CASE WHEN d.order_multiple_changed THEN jsonb_build_object('order_multiple', d.order_multiple) ELSE '{}' END
    || CASE WHEN d.price_breaks_changed THEN jsonb_build_object('price_breaks', d.price_breaks) ELSE '{}' END
    || CASE WHEN d.tax_changed THEN jsonb_build_object('tax_rate', d.tax_rate, 'tax_included', d.tax_included) ELSE '{}' END
    || CASE WHEN d.country_changed THEN jsonb_build_object('country', d.country) ELSE '{}' END
    || CASE WHEN d.lead_time_changed THEN jsonb_build_object('lead_time', d.lead_time) ELSE '{}' END
    || CASE WHEN d.weight_changed THEN jsonb_build_object('weight', d.weight) ELSE '{}' END
    || CASE WHEN d.link_changed THEN jsonb_build_object('link', d.link) ELSE '{}' END
    || CASE WHEN d.picture_changed THEN jsonb_build_object('picture', d.picture) ELSE '{}' END
    || CASE WHEN d.returned THEN jsonb_build_object('source_id', %(source)s::bigint, 'missing_since', NULL,
        'last_listed_at', NULL, 'missing_at_list', NULL) ELSE '{}' END
    || CASE WHEN %(adopts)s AND i.source_id IS NULL THEN jsonb_build_object('source_id', %(source)s::bigint) ELSE '{}' END
    || CASE WHEN d.is_edited THEN jsonb_build_object('listed', nullif(i.listed - CASE WHEN d.code_changed THEN ARRAY['supplier_sku'] ELSE '{}' END
    - CASE WHEN d.name_changed THEN ARRAY['name'] ELSE '{}' END
    - CASE WHEN d.price_changed THEN ARRAY['current_price', 'currency', 'per_quantity'] ELSE '{}' END
    - CASE WHEN d.retail_changed THEN ARRAY['retail_price'] ELSE '{}' END
    - CASE WHEN d.stock_changed THEN ARRAY['stock', 'availability'] ELSE '{}' END
    - CASE WHEN d.characteristics_changed THEN ARRAY['characteristics'] ELSE '{}' END
    - CASE WHEN d.notes_changed THEN ARRAY['notes'] ELSE '{}' END
    - CASE WHEN d.brand_changed THEN ARRAY['brand'] ELSE '{}' END
    - CASE WHEN d.mpn_changed THEN ARRAY['mpn'] ELSE '{}' END
    - CASE WHEN d.barcode_changed THEN ARRAY['barcode'] ELSE '{}' END
    - CASE WHEN d.unit_changed THEN ARRAY['unit'] ELSE '{}' END
    - CASE WHEN d.pack_size_changed THEN ARRAY['pack_size'] ELSE '{}' END
    - CASE WHEN d.minimum_order_changed THEN ARRAY['minimum_order'] ELSE '{}' END
    - CASE WHEN d.order_multiple_changed THEN ARRAY['order_multiple'] ELSE '{}' END
    - CASE WHEN d.price_breaks_changed THEN ARRAY['price_breaks'] ELSE '{}' END
    - CASE WHEN d.tax_changed THEN ARRAY['tax_rate', 'tax_included'] ELSE '{}' END
    - CASE WHEN d.country_changed THEN ARRAY['country'] ELSE '{}' END
    - CASE WHEN d.lead_time_changed THEN ARRAY['lead_time'] ELSE '{}' END
    - CASE WHEN d.weight_changed THEN ARRAY['weight'] ELSE '{}' END
    - CASE WHEN d.link_changed THEN ARRAY['link'] ELSE '{}' END
    - CASE WHEN d.picture_changed THEN ARRAY['picture'] ELSE '{}' END, '{}')) ELSE '{}' END
END
