-- Which other supplier has most items of the same code and name, and how many. Few rows are looked for, each by the unique index on
-- supplier and key of the code: so it takes as long in a large catalog as in a small one.
WITH spread AS (@spread)
SELECT u.id, u.name, count(*) FROM suppliers_supplier u CROSS JOIN spread s
    CROSS JOIN LATERAL (SELECT name FROM catalog_supplieritem WHERE supplier_id = u.id AND sku_key = s.sku_key LIMIT 1) i
WHERE u.id <> %(supplier)s AND lower(i.name) = lower(s.name)
GROUP BY u.id, u.name ORDER BY count(*) DESC, u.id LIMIT 1
