WITH draft AS (
    SELECT d.*, 'P-' || lpad(d.product_id::text, greatest(8, length(d.product_id::text)), '0') AS internal_sku
    FROM delta d WHERE d.fate = 'new'
)
INSERT INTO catalog_product (id, internal_sku, name, category_id, status, retail_price, currency, lowest_price, is_available,
    created_at, updated_at)
SELECT d.product_id, d.internal_sku || CASE WHEN t.id IS NULL THEN '' ELSE '-' || d.item_id END, s.name, b.id, 'draft',
    s.retail_price, s.currency, s.price, coalesce(s.availability, '') IN ('', 'in_stock'), %(at)s, %(at)s
FROM draft d JOIN stage s ON s.ctid = d.place
    LEFT JOIN branch b ON b.path = s.category
    LEFT JOIN catalog_product t ON t.internal_sku = d.internal_sku
ORDER BY d.line
