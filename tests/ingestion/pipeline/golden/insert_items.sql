INSERT INTO catalog_supplieritem (id, supplier_id, source_id, product_id, supplier_sku, sku_is_derived, name, current_price, currency, per_quantity, retail_price, stock, availability, characteristics, notes, brand, mpn, barcode, unit, pack_size, minimum_order, order_multiple, price_breaks, tax_rate, tax_included, country, lead_time, weight, link, picture,
    created_run_id, created_at, updated_at)
SELECT d.item_id, %(supplier)s, %(source)s, d.product_id, s.supplier_sku, s.sku_is_derived, s.name, s.price, s.currency, coalesce(s.per_quantity, 1), s.retail_price, s.stock, coalesce(s.availability, ''), s.characteristics, s.notes, s.brand, s.mpn, s.barcode, s.unit, s.pack_size, s.minimum_order, s.order_multiple, s.price_breaks, s.tax_rate, s.tax_included, s.country, s.lead_time, s.weight, s.link, s.picture,
    %(run)s, %(at)s, %(at)s
FROM delta d JOIN stage s ON s.ctid = d.place
WHERE d.fate = 'new'
ORDER BY d.line
