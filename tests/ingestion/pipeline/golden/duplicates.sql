WITH repeated AS (
    SELECT sku_key FROM stage WHERE error_type IS NULL GROUP BY sku_key HAVING count(*) > 1
), ranked AS (
    SELECT ctid AS place, row_number() OVER same AS rank, first_value(row_number) OVER same AS first_row,
        first_value(sheet) OVER same AS first_sheet,
        (name, price, currency, per_quantity, retail_price, stock, availability, characteristics, brand, mpn, barcode, unit, pack_size, minimum_order, order_multiple, price_breaks, tax_rate, tax_included, country, lead_time, weight, link, picture) IS NOT DISTINCT FROM
        first_value((name, price, currency, per_quantity, retail_price, stock, availability, characteristics, brand, mpn, barcode, unit, pack_size, minimum_order, order_multiple, price_breaks, tax_rate, tax_included, country, lead_time, weight, link, picture)) OVER same
        AND (category IS NOT DISTINCT FROM first_value(category) OVER same
            OR sheet IS DISTINCT FROM first_value(sheet) OVER same) AS is_exact
    FROM stage WHERE error_type IS NULL AND sku_key IN (SELECT sku_key FROM repeated)
    WINDOW same AS (PARTITION BY sku_key ORDER BY line)
), deleted AS (
    DELETE FROM stage s USING ranked r WHERE s.ctid = r.place AND r.rank > 1 AND r.is_exact RETURNING 1
), collided AS (
    UPDATE stage s SET error_type = %(error_type)s,
        message = CASE WHEN s.sheet IS NOT DISTINCT FROM r.first_sheet THEN format(%(same_sheet)s, s.supplier_sku, r.first_row)
            ELSE format(%(other_sheet)s, s.supplier_sku, r.first_row, r.first_sheet) END,
        cause = %(cause)s,
        row_data = jsonb_strip_nulls(jsonb_build_object(
            'supplier_sku', s.supplier_sku, 'name', s.name, 'price', s.price::text, 'currency', s.currency, 'brand', s.brand, 'mpn', s.mpn, 'barcode', s.barcode, 'unit', s.unit, 'pack_size', s.pack_size, 'minimum_order', s.minimum_order, 'order_multiple', s.order_multiple, 'tax_rate', s.tax_rate, 'tax_included', s.tax_included, 'country', s.country, 'lead_time', s.lead_time, 'weight', s.weight, 'link', s.link, 'picture', s.picture
        )) || coalesce(s.characteristics, '{}')
    FROM ranked r WHERE s.ctid = r.place AND r.rank > 1 AND NOT r.is_exact RETURNING s.message
)
SELECT (SELECT count(*) FROM deleted), (SELECT count(*) FROM collided), (SELECT min(message) FROM collided)
