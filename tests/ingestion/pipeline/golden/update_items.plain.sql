UPDATE catalog_supplieritem i SET
    supplier_sku = CASE WHEN d.code_changed THEN d.supplier_sku ELSE i.supplier_sku END,
    name = CASE WHEN d.name_changed THEN d.name ELSE i.name END,
    current_price = CASE WHEN d.price_changed THEN d.price ELSE i.current_price END,
    currency = CASE WHEN d.price_changed THEN d.currency ELSE i.currency END,
    per_quantity = CASE WHEN d.price_changed THEN d.per_quantity ELSE i.per_quantity END,
    characteristics = CASE WHEN d.characteristics_changed THEN d.characteristics ELSE i.characteristics END,
    notes = CASE WHEN d.notes_changed THEN d.notes ELSE i.notes END,
    source_id = CASE WHEN d.returned OR %(adopts)s AND i.source_id IS NULL THEN %(source)s ELSE i.source_id END,
    missing_since = CASE WHEN d.returned THEN NULL ELSE i.missing_since END,
    last_listed_at = CASE WHEN d.returned THEN NULL ELSE i.last_listed_at END,
    missing_at_list = CASE WHEN d.returned THEN NULL ELSE i.missing_at_list END,
    listed = CASE WHEN d.is_edited THEN nullif(i.listed - CASE WHEN d.code_changed THEN ARRAY['supplier_sku'] ELSE '{}' END
    - CASE WHEN d.name_changed THEN ARRAY['name'] ELSE '{}' END
    - CASE WHEN d.price_changed THEN ARRAY['current_price', 'currency', 'per_quantity'] ELSE '{}' END
    - CASE WHEN d.characteristics_changed THEN ARRAY['characteristics'] ELSE '{}' END
    - CASE WHEN d.notes_changed THEN ARRAY['notes'] ELSE '{}' END, '{}') END,
    updated_at = %(at)s
FROM delta d
WHERE d.fate = 'changed' AND i.id = d.item_id
