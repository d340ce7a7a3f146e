-- A draft product for every new item. Its only offer is that item, so its lowest price (of one, without tax: `catalog.offers`)
-- and availability are known already. Its
-- internal SKU follows from its id; where people have given that very SKU to another product, the item's id tells them apart.
WITH draft AS (
    SELECT d.*, 'P-' || lpad(d.product_id::text, greatest(8, length(d.product_id::text)), '0') AS internal_sku
    FROM delta d WHERE d.fate = @new
)
INSERT INTO catalog_product (id, internal_sku, name, category_id, status, retail_price, currency, lowest_price, is_available,
    created_at, updated_at)
SELECT d.product_id, d.internal_sku || CASE WHEN t.id IS NULL THEN '' ELSE '-' || d.item_id END, s.name, b.id, 'draft',
    CASE WHEN s.per_quantity IS NULL THEN s.retail_price ELSE round(s.retail_price / s.per_quantity, 4) END, s.currency,
    CASE WHEN s.per_quantity IS NULL AND s.tax_included IS NOT TRUE THEN s.price ELSE round(round(s.price / coalesce(s.per_quantity, 1), 8)
        / CASE WHEN s.tax_included THEN 1 + coalesce(s.tax_rate, 0) / 100 ELSE 1 END, 8) END,
    coalesce(s.availability, '') IN ('', 'in_stock'), %(at)s, %(at)s
FROM draft d JOIN stage s ON s.ctid = d.place
    LEFT JOIN branch b ON b.path = s.category
    LEFT JOIN catalog_product t ON t.internal_sku = d.internal_sku
ORDER BY d.line
