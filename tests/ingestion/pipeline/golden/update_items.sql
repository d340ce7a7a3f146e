UPDATE catalog_supplieritem i SET
    supplier_sku = CASE WHEN d.code_changed THEN d.supplier_sku ELSE i.supplier_sku END,
    name = CASE WHEN d.name_changed THEN d.name ELSE i.name END,
    current_price = CASE WHEN d.price_changed THEN d.price ELSE i.current_price END,
    currency = CASE WHEN d.price_changed THEN d.currency ELSE i.currency END,
    per_quantity = CASE WHEN d.price_changed THEN d.per_quantity ELSE i.per_quantity END,
    retail_price = CASE WHEN d.retail_changed THEN d.retail_price ELSE i.retail_price END,
    stock = CASE WHEN d.stock_changed THEN d.stock ELSE i.stock END,
    availability = CASE WHEN d.stock_changed THEN d.availability ELSE i.availability END,
    characteristics = CASE WHEN d.characteristics_changed THEN d.characteristics ELSE i.characteristics END,
    notes = CASE WHEN d.notes_changed THEN d.notes ELSE i.notes END,
    brand = CASE WHEN d.brand_changed THEN d.brand ELSE i.brand END,
    mpn = CASE WHEN d.mpn_changed THEN d.mpn ELSE i.mpn END,
    barcode = CASE WHEN d.barcode_changed THEN d.barcode ELSE i.barcode END,
    unit = CASE WHEN d.unit_changed THEN d.unit ELSE i.unit END,
    pack_size = CASE WHEN d.pack_size_changed THEN d.pack_size ELSE i.pack_size END,
    minimum_order = CASE WHEN d.minimum_order_changed THEN d.minimum_order ELSE i.minimum_order END,
    order_multiple = CASE WHEN d.order_multiple_changed THEN d.order_multiple ELSE i.order_multiple END,
    price_breaks = CASE WHEN d.price_breaks_changed THEN d.price_breaks ELSE i.price_breaks END,
    tax_rate = CASE WHEN d.tax_changed THEN d.tax_rate ELSE i.tax_rate END,
    tax_included = CASE WHEN d.tax_changed THEN d.tax_included ELSE i.tax_included END,
    country = CASE WHEN d.country_changed THEN d.country ELSE i.country END,
    lead_time = CASE WHEN d.lead_time_changed THEN d.lead_time ELSE i.lead_time END,
    weight = CASE WHEN d.weight_changed THEN d.weight ELSE i.weight END,
    link = CASE WHEN d.link_changed THEN d.link ELSE i.link END,
    picture = CASE WHEN d.picture_changed THEN d.picture ELSE i.picture END,
    source_id = CASE WHEN d.returned OR %(adopts)s AND i.source_id IS NULL THEN %(source)s ELSE i.source_id END,
    missing_since = CASE WHEN d.returned THEN NULL ELSE i.missing_since END,
    last_listed_at = CASE WHEN d.returned THEN NULL ELSE i.last_listed_at END,
    missing_at_list = CASE WHEN d.returned THEN NULL ELSE i.missing_at_list END,
    listed = CASE WHEN d.is_edited THEN nullif(i.listed - CASE WHEN d.code_changed THEN ARRAY['supplier_sku'] ELSE '{}' END
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
    - CASE WHEN d.picture_changed THEN ARRAY['picture'] ELSE '{}' END, '{}') END,
    updated_at = %(at)s
FROM delta d
WHERE d.fate = 'changed' AND i.id = d.item_id
