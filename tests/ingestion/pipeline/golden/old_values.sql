CASE WHEN d.fate = 'missing' THEN jsonb_build_object('missing_since', NULL, 'last_listed_at', NULL, 'missing_at_list', NULL) ELSE
    CASE WHEN d.code_changed THEN jsonb_build_object('supplier_sku', i.supplier_sku) ELSE '{}' END
    || CASE WHEN d.name_changed THEN jsonb_build_object('name', i.name) ELSE '{}' END
    || CASE WHEN d.price_changed THEN jsonb_build_object('current_price', i.current_price, 'currency', i.currency, 'per_quantity', i.per_quantity) ELSE '{}' END
    || CASE WHEN d.retail_changed THEN jsonb_build_object('retail_price', i.retail_price) ELSE '{}' END
    || CASE WHEN d.stock_changed THEN jsonb_build_object('stock', i.stock, 'availability', i.availability) ELSE '{}' END
    || CASE WHEN d.characteristics_changed THEN jsonb_build_object('characteristics', i.characteristics) ELSE '{}' END
    || CASE WHEN d.notes_changed THEN jsonb_build_object('notes', i.notes) ELSE '{}' END
    || CASE WHEN d.brand_changed THEN jsonb_build_object('brand', i.brand) ELSE '{}' END
    || CASE WHEN d.mpn_changed THEN jsonb_build_object('mpn', i.mpn) ELSE '{}' END
    || CASE WHEN d.barcode_changed THEN jsonb_build_object('barcode', i.barcode) ELSE '{}' END
    || CASE WHEN d.unit_changed THEN jsonb_build_object('unit', i.unit) ELSE '{}' END
    || CASE WHEN d.pack_size_changed THEN jsonb_build_object('pack_size', i.pack_size) ELSE '{}' END
    || CASE WHEN d.minimum_order_changed THEN jsonb_build_object('minimum_order', i.minimum_order) ELSE '{}' END
    || CASE WHEN d.order_multiple_changed THEN jsonb_build_object('order_multiple', i.order_multiple) ELSE '{}' END
    || CASE WHEN d.price_breaks_changed THEN jsonb_build_object('price_breaks', i.price_breaks) ELSE '{}' END
    || CASE WHEN d.tax_changed THEN jsonb_build_object('tax_rate', i.tax_rate, 'tax_included', i.tax_included) ELSE '{}' END
    || CASE WHEN d.country_changed THEN jsonb_build_object('country', i.country) ELSE '{}' END
    || CASE WHEN d.lead_time_changed THEN jsonb_build_object('lead_time', i.lead_time) ELSE '{}' END
    || CASE WHEN d.weight_changed THEN jsonb_build_object('weight', i.weight) ELSE '{}' END
    || CASE WHEN d.link_changed THEN jsonb_build_object('link', i.link) ELSE '{}' END
    || CASE WHEN d.picture_changed THEN jsonb_build_object('picture', i.picture) ELSE '{}' END
    || CASE WHEN d.returned THEN jsonb_build_object('source_id', i.source_id, 'missing_since', i.missing_since,
        'last_listed_at', i.last_listed_at, 'missing_at_list', i.missing_at_list) ELSE '{}' END
    || CASE WHEN %(adopts)s AND i.source_id IS NULL THEN jsonb_build_object('source_id', NULL) ELSE '{}' END
    || CASE WHEN d.is_edited THEN jsonb_build_object('listed', i.listed) ELSE '{}' END
END
