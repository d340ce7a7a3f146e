-- Of rows spread over the whole list, how many there are, and how many codes of them the supplier has already.
WITH spread AS (@spread)
SELECT count(*), count(i.id) FROM spread s
    LEFT JOIN catalog_supplieritem i ON i.supplier_id = %(supplier)s AND i.sku_key = s.sku_key
