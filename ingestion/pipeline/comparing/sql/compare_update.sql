-- What a list of codes with stocks or prices alone changes: like compare.sql, but nothing is new or missing, and only the one
-- kind of value is looked at.
CREATE TEMPORARY TABLE delta ON COMMIT DROP AS
WITH known AS (@known)
SELECT s.ctid AS place, s.line, s.sheet, s.row_number, i.supplier_sku, s.price, s.currency, s.retail_price, s.stock,
    coalesce(s.availability, '') AS availability, NULL::text AS name, NULL::jsonb AS characteristics, 'changed' AS fate,
    i.id AS item_id, i.product_id,
    %(is_prices)s AND (i.current_price, i.currency) IS DISTINCT FROM (s.price, s.currency) AS price_changed,
    %(is_prices)s AND i.currency <> s.currency AS currency_changed, false AS name_changed, false AS characteristics_changed,
    %(has_stock)s AND (i.stock, i.availability) IS DISTINCT FROM (s.stock, coalesce(s.availability, '')) AS stock_changed,
    %(is_prices)s AND %(has_retail)s AND i.retail_price IS DISTINCT FROM s.retail_price AS retail_changed,
    false AS returned, i.is_edited,
    CASE WHEN %(is_prices)s AND i.current_price > 0 AND i.current_price <> s.price THEN s.price / i.current_price END AS ratio,
    i.currency AS old_currency, ''::text AS cause, NULL::bigint AS origin_id
FROM stage s JOIN known i ON i.supplier_sku = s.supplier_sku
WHERE s.error_type IS NULL AND CASE
    WHEN %(is_prices)s THEN (i.current_price, i.currency) IS DISTINCT FROM (s.price, s.currency)
        OR %(has_retail)s AND i.retail_price IS DISTINCT FROM s.retail_price
    ELSE false
END OR s.error_type IS NULL AND %(has_stock)s AND (i.stock, i.availability) IS DISTINCT FROM (s.stock, coalesce(s.availability, ''))
ORDER BY s.line
