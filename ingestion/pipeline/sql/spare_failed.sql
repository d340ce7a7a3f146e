-- An item whose code stands in a row that could not be used is listed all the same ("price on request"): it is not missing.
DELETE FROM delta d USING catalog_supplieritem i
WHERE d.fate = 'missing' AND i.id = d.item_id AND i.supplier_sku IN (
    SELECT btrim(value) FROM stage, jsonb_each_text(row_data) WHERE error_type IS NOT NULL
)
