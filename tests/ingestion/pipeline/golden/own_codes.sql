WITH spread AS (SELECT supplier_sku, name FROM stage WHERE error_type IS NULL AND line %% %(step)s = 0 LIMIT %(most)s)
SELECT count(*), count(i.id) FROM spread s
    LEFT JOIN catalog_supplieritem i ON i.supplier_id = %(supplier)s AND i.supplier_sku = s.supplier_sku
