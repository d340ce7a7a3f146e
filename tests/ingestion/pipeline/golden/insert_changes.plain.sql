INSERT INTO ingestion_change (run_id, kind, state, item_id, supplier_sku, sheet, row_number, old, new, percent, cause, origin_id, comment)
SELECT %(run)s, CASE WHEN d.fate IN ('new', 'missing') THEN d.fate WHEN d.fate IN ('held', 'rejected') THEN 'held' WHEN d.returned THEN 'returned'
    WHEN d.currency_changed THEN 'currency' WHEN d.ratio < 1 THEN 'price_down'
    WHEN d.price_changed AND d.ratio IS DISTINCT FROM 1 THEN 'price_up' ELSE 'details' END,
    CASE WHEN %(dry_run)s THEN 'planned' WHEN d.fate IN ('held', 'rejected') THEN d.fate ELSE 'applied' END,
    d.item_id, d.known_sku, d.sheet, d.row_number, CASE WHEN d.fate = 'missing' THEN jsonb_build_object('missing_since', NULL, 'last_listed_at', NULL, 'missing_at_list', NULL) ELSE
    CASE WHEN d.code_changed THEN jsonb_build_object('supplier_sku', i.supplier_sku) ELSE '{}' END
    || CASE WHEN d.name_changed THEN jsonb_build_object('name', i.name) ELSE '{}' END
    || CASE WHEN d.price_changed THEN jsonb_build_object('current_price', i.current_price, 'currency', i.currency, 'per_quantity', i.per_quantity) ELSE '{}' END
    || CASE WHEN d.characteristics_changed THEN jsonb_build_object('characteristics', i.characteristics) ELSE '{}' END
    || CASE WHEN d.notes_changed THEN jsonb_build_object('notes', i.notes) ELSE '{}' END
    || CASE WHEN d.returned THEN jsonb_build_object('source_id', i.source_id, 'missing_since', i.missing_since,
        'last_listed_at', i.last_listed_at, 'missing_at_list', i.missing_at_list) ELSE '{}' END
    || CASE WHEN %(adopts)s AND i.source_id IS NULL THEN jsonb_build_object('source_id', NULL) ELSE '{}' END
    || CASE WHEN d.is_edited THEN jsonb_build_object('listed', i.listed) ELSE '{}' END
END, CASE WHEN d.fate = 'missing' THEN %(missing)s::jsonb ELSE
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
END, CASE WHEN NOT d.currency_changed THEN round((d.ratio - 1) * 100, 2) END, d.cause, d.origin_id, ''
FROM delta d JOIN catalog_supplieritem i ON i.id = d.item_id
WHERE d.fate <> 'new'
ORDER BY d.line
