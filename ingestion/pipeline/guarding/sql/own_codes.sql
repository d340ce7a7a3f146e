-- Of rows spread over the whole list, how many there are, and how many codes of them the supplier has already. Each is looked for by
-- the unique index: the limit says so to a planner that knows no figures of a supplier whose items are new.
WITH spread AS (@spread)
SELECT count(*), count(i.id) FROM spread s
    LEFT JOIN LATERAL (
        SELECT id FROM catalog_supplieritem WHERE supplier_id = %(supplier)s AND sku_key = s.sku_key LIMIT 1
    ) i ON true
