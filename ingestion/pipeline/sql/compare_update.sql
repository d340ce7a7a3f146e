-- What a list of codes with stocks or prices alone changes: like compare.sql, but nothing is new or missing, and only the one
-- kind of value is looked at.
CREATE TEMPORARY TABLE delta ON COMMIT DROP AS
SELECT s.ctid AS place, s.line, 'changed' AS fate, i.id AS item_id, i.product_id,
    %(is_prices)s AND (i.current_price, i.currency) IS DISTINCT FROM (s.price, s.currency) AS price_changed,
    true AS values_changed, false AS returned
FROM stage s JOIN catalog_supplieritem i ON i.supplier_id = %(supplier)s AND i.supplier_sku = s.supplier_sku
WHERE s.error_type IS NULL AND CASE
    WHEN %(is_prices)s THEN (i.current_price, i.currency) IS DISTINCT FROM (s.price, s.currency)
        OR %(has_retail)s AND i.retail_price IS DISTINCT FROM s.retail_price
    ELSE false
END OR s.error_type IS NULL AND %(has_stock)s AND (i.stock, i.availability) IS DISTINCT FROM (s.stock, coalesce(s.availability, ''))
ORDER BY s.line
