WITH spread AS (SELECT sku_key, name FROM stage WHERE error_type IS NULL AND line %% %(step)s = 0 LIMIT %(most)s)
SELECT u.id, u.name, count(*) FROM suppliers_supplier u CROSS JOIN spread s
    JOIN catalog_supplieritem i ON i.supplier_id = u.id AND i.sku_key = s.sku_key AND lower(i.name) = lower(s.name)
WHERE u.id <> %(supplier)s
GROUP BY u.id, u.name ORDER BY count(*) DESC, u.id LIMIT 1
