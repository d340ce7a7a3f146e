WITH spread AS (SELECT sku_key, name FROM stage WHERE error_type IS NULL AND line %% %(step)s = 0 LIMIT %(most)s)
SELECT count(*), count(i.id) FROM spread s
    LEFT JOIN LATERAL (
        SELECT id FROM catalog_supplieritem WHERE supplier_id = %(supplier)s AND sku_key = s.sku_key LIMIT 1
    ) i ON true
