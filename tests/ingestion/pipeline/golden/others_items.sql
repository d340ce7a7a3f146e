WITH spread AS (SELECT sku_key, name FROM stage WHERE error_type IS NULL AND line %% %(step)s = 0 LIMIT %(most)s)
SELECT u.id, u.name, count(*) FROM suppliers_supplier u CROSS JOIN spread s
    CROSS JOIN LATERAL (SELECT name FROM catalog_supplieritem WHERE supplier_id = u.id AND sku_key = s.sku_key LIMIT 1) i
WHERE u.id <> %(supplier)s AND lower(i.name) = lower(s.name)
GROUP BY u.id, u.name ORDER BY count(*) DESC, u.id LIMIT 1
