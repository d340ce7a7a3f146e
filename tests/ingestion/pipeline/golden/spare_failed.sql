DELETE FROM delta
WHERE fate = 'missing' AND supplier_sku IN (
    SELECT btrim(value) FROM stage, jsonb_each_text(row_data) WHERE error_type IS NOT NULL
)
