nullif(i.listed - CASE WHEN d.code_changed THEN ARRAY['supplier_sku'] ELSE '{}' END
    - CASE WHEN d.name_changed THEN ARRAY['name'] ELSE '{}' END
    - CASE WHEN d.price_changed THEN ARRAY['current_price', 'currency'] ELSE '{}' END
    - CASE WHEN d.retail_changed THEN ARRAY['retail_price'] ELSE '{}' END
    - CASE WHEN d.stock_changed THEN ARRAY['stock', 'availability'] ELSE '{}' END
    - CASE WHEN d.characteristics_changed THEN ARRAY['characteristics'] ELSE '{}' END
    - CASE WHEN d.notes_changed THEN ARRAY['notes'] ELSE '{}' END, '{}')
