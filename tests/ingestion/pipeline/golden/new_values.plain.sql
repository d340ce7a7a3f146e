CASE WHEN d.fate = 'missing' THEN %(missing)s::jsonb ELSE
    CASE WHEN d.code_changed THEN jsonb_build_object('supplier_sku', d.supplier_sku) ELSE '{}' END
    || CASE WHEN d.name_changed THEN jsonb_build_object('name', d.name) ELSE '{}' END
    || CASE WHEN d.price_changed THEN jsonb_build_object('current_price', d.price, 'currency', d.currency, 'per_quantity', d.per_quantity) ELSE '{}' END
    || CASE WHEN d.characteristics_changed THEN jsonb_build_object('characteristics', d.characteristics) ELSE '{}' END
    || CASE WHEN d.notes_changed THEN jsonb_build_object('notes', d.notes) ELSE '{}' END
    || CASE WHEN d.returned THEN jsonb_build_object('source_id', %(source)s::bigint, 'missing_since', NULL,
        'last_listed_at', NULL, 'missing_at_list', NULL) ELSE '{}' END
    || CASE WHEN %(adopts)s AND i.source_id IS NULL THEN jsonb_build_object('source_id', %(source)s::bigint) ELSE '{}' END
    || CASE WHEN d.is_edited THEN jsonb_build_object('listed', nullif(i.listed - CASE WHEN d.code_changed THEN ARRAY['supplier_sku'] ELSE '{}' END
    - CASE WHEN d.name_changed THEN ARRAY['name'] ELSE '{}' END
    - CASE WHEN d.price_changed THEN ARRAY['current_price', 'currency', 'per_quantity'] ELSE '{}' END
    - CASE WHEN d.characteristics_changed THEN ARRAY['characteristics'] ELSE '{}' END
    - CASE WHEN d.notes_changed THEN ARRAY['notes'] ELSE '{}' END, '{}')) ELSE '{}' END
END
