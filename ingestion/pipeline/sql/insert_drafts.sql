-- A draft product for every new item. Its only offer is that item, so its lowest price and availability are known already.
INSERT INTO catalog_product (id, internal_sku, name, category_id, status, retail_price, currency, lowest_price, is_available,
    created_at, updated_at)
SELECT d.product_id, 'P-' || lpad(d.product_id::text, greatest(8, length(d.product_id::text)), '0'), s.name, b.id, 'draft',
    s.retail_price, s.currency, s.price, coalesce(s.availability, '') IN ('', 'in_stock'), %(at)s, %(at)s
FROM delta d JOIN stage s ON s.ctid = d.place LEFT JOIN branch b ON b.path = s.category
WHERE d.fate = 'new'
ORDER BY d.line
