-- In the order of the list, so that neighbours in the list are neighbours in the table. The ids were given by compare_full.sql; the
-- products they name are inserted after them (foreign keys are checked at the commit), because from the first category on other
-- suppliers' runs may have to wait for this one.
INSERT INTO catalog_supplieritem (id, supplier_id, source_id, product_id, @item_columns,
    created_run_id, created_at, updated_at)
SELECT d.item_id, %(supplier)s, %(source)s, d.product_id, @item_values,
    %(run)s, %(at)s, %(at)s
FROM delta d JOIN stage s ON s.ctid = d.place
WHERE d.fate = @new
ORDER BY d.line
