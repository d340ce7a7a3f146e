WITH spread AS (SELECT sku_key, name FROM stage WHERE error_type IS NULL AND line %% %(step)s = 0 LIMIT %(most)s)
SELECT count(*), count(i.id) FROM spread s
    LEFT JOIN catalog_supplieritem i ON i.supplier_id = %(supplier)s AND i.sku_key = s.sku_key
