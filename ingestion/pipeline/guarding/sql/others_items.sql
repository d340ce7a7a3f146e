-- Which other supplier has most items of the same code and name, and how many. Few rows are looked for, each by the unique index on
-- supplier and key of the code: so it takes as long in a large catalog as in a small one.
WITH spread AS (@spread)
SELECT u.id, u.name, count(*) FROM suppliers_supplier u CROSS JOIN spread s
    JOIN catalog_supplieritem i ON i.supplier_id = u.id AND i.sku_key = s.sku_key AND lower(i.name) = lower(s.name)
WHERE u.id <> %(supplier)s
GROUP BY u.id, u.name ORDER BY count(*) DESC, u.id LIMIT 1
