nullif(i.listed - CASE WHEN d.code_changed THEN ARRAY['supplier_sku'] ELSE '{}' END
    - CASE WHEN d.name_changed THEN ARRAY['name'] ELSE '{}' END
    - CASE WHEN d.price_changed THEN ARRAY['current_price', 'currency', 'per_quantity'] ELSE '{}' END
    - CASE WHEN d.characteristics_changed THEN ARRAY['characteristics'] ELSE '{}' END
    - CASE WHEN d.notes_changed THEN ARRAY['notes'] ELSE '{}' END, '{}')
