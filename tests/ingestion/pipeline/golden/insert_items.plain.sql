INSERT INTO catalog_supplieritem (id, supplier_id, source_id, product_id, supplier_sku, sku_is_derived, name, current_price, currency, per_quantity, availability, characteristics, notes,
    created_run_id, created_at, updated_at)
SELECT d.item_id, %(supplier)s, %(source)s, d.product_id, s.supplier_sku, s.sku_is_derived, s.name, s.price, s.currency, coalesce(s.per_quantity, 1), coalesce(s.availability, ''), s.characteristics, s.notes,
    %(run)s, %(at)s, %(at)s
FROM delta d JOIN stage s ON s.ctid = d.place
WHERE d.fate = 'new'
ORDER BY d.line
