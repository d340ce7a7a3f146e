-- What a list of codes with stocks or prices alone changes: like compare.sql, but nothing is new or missing, and only the values
-- that such a list has are looked at.
CREATE TEMPORARY TABLE delta ON COMMIT DROP AS
SELECT s.ctid AS place, s.line, 'changed' AS fate, i.id AS item_id, i.product_id, difference.price AS price_changed,
    true AS values_changed, false AS returned
FROM stage s JOIN catalog_supplieritem i ON i.supplier_id = %(supplier)s AND i.supplier_sku = s.supplier_sku
CROSS JOIN LATERAL (
    SELECT %(is_prices)s AND (i.current_price, i.currency) IS DISTINCT FROM (s.price, s.currency) AS price,
        %(is_prices)s AND %(has_retail)s AND i.retail_price IS DISTINCT FROM s.retail_price
            OR %(has_stock)s AND (i.stock, i.availability) IS DISTINCT FROM (s.stock, coalesce(s.availability, '')) AS other
) difference
WHERE s.error_type IS NULL AND (difference.price OR difference.other)
ORDER BY s.line
