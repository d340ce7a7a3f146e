-- Rows spread over the whole list.
SELECT sku_key, name FROM stage WHERE error_type IS NULL AND line %% %(step)s = 0 LIMIT %(most)s
