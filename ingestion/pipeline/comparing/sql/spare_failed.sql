-- An item whose code stands in a row that could not be used is listed all the same ("price on request"): it is not missing.
DELETE FROM delta
WHERE fate = @missing AND catalog_code_key(known_sku) IN (
    SELECT catalog_code_key(btrim(value, E' \t\r\n="\'')) FROM stage, jsonb_each_text(row_data) WHERE error_type IS NOT NULL
)
