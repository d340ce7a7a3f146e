DELETE FROM delta
WHERE fate = 'missing' AND catalog_code_key(known_sku) IN (
    SELECT catalog_code_key(btrim(value, E' \t\r\n="\'')) FROM stage, jsonb_each_text(row_data) WHERE error_type IS NOT NULL
)
