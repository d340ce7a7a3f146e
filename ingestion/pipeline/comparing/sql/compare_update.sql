-- What a list of codes with stocks or prices alone changes: like compare_full.sql, but nothing is new or missing, and only the one
-- kind of value is looked at.
CREATE TEMPORARY TABLE delta ON COMMIT DROP AS
WITH known AS (@known)
SELECT s.ctid AS place, s.line, s.sheet, s.row_number, i.supplier_sku AS known_sku, @listed_values,
    @no_wide_values, @changed AS fate, i.id AS item_id, i.product_id,
    @flags_of_update,
    %(is_prices)s AND i.currency <> s.currency AS currency_changed, false AS returned, i.is_edited,
    %(is_prices)s AND @basis_changed AS basis_changed, %(is_prices)s AND @side_changed AS side_changed,
    CASE WHEN %(is_prices)s THEN @ratio END AS ratio,
    i.currency AS old_currency, ''::text AS cause, NULL::bigint AS origin_id
FROM stage s JOIN known i ON i.sku_key = s.sku_key
WHERE s.error_type IS NULL AND (
    @differs_in_update
)
ORDER BY s.line
