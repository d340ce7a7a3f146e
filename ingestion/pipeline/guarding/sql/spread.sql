-- Rows spread over the whole list.
SELECT supplier_sku, name FROM stage WHERE error_type IS NULL AND line %% %(step)s = 0 LIMIT %(most)s
