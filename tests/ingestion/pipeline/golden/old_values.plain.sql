CASE WHEN d.fate = 'missing' THEN jsonb_build_object('missing_since', NULL, 'last_listed_at', NULL, 'missing_at_list', NULL) ELSE
    CASE WHEN d.code_changed THEN jsonb_build_object('supplier_sku', i.supplier_sku) ELSE '{}' END
    || CASE WHEN d.name_changed THEN jsonb_build_object('name', i.name) ELSE '{}' END
    || CASE WHEN d.price_changed THEN jsonb_build_object('current_price', i.current_price, 'currency', i.currency, 'per_quantity', i.per_quantity) ELSE '{}' END
    || CASE WHEN d.characteristics_changed THEN jsonb_build_object('characteristics', i.characteristics) ELSE '{}' END
    || CASE WHEN d.notes_changed THEN jsonb_build_object('notes', i.notes) ELSE '{}' END
    || CASE WHEN d.returned THEN jsonb_build_object('source_id', i.source_id, 'missing_since', i.missing_since,
        'last_listed_at', i.last_listed_at, 'missing_at_list', i.missing_at_list) ELSE '{}' END
    || CASE WHEN %(adopts)s AND i.source_id IS NULL THEN jsonb_build_object('source_id', NULL) ELSE '{}' END
    || CASE WHEN d.is_edited THEN jsonb_build_object('listed', i.listed) ELSE '{}' END
END
