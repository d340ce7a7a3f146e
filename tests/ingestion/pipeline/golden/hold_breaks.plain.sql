UPDATE delta d SET fate = 'held', cause = 'breaks'
FROM catalog_supplieritem i
WHERE d.fate = 'changed' AND d.price_breaks_changed AND NOT d.currency_changed AND d.item_id = i.id
    AND i.price_breaks IS NOT NULL AND d.price_breaks IS NOT NULL
    AND EXISTS (
        SELECT FROM (SELECT DISTINCT (b ->> 'minimum')::numeric AS minimum FROM jsonb_array_elements(i.price_breaks || d.price_breaks) b) step
            CROSS JOIN LATERAL (
                SELECT coalesce((
                    SELECT (b ->> 'price')::numeric FROM jsonb_array_elements(d.price_breaks) b
                    WHERE (b ->> 'minimum')::numeric <= step.minimum ORDER BY (b ->> 'minimum')::numeric DESC LIMIT 1
                ), d.price) * i.per_quantity / nullif(coalesce((
                    SELECT (b ->> 'price')::numeric FROM jsonb_array_elements(i.price_breaks) b
                    WHERE (b ->> 'minimum')::numeric <= step.minimum ORDER BY (b ->> 'minimum')::numeric DESC LIMIT 1
                ), i.current_price) * d.per_quantity, 0) * 1 AS ratio
            ) price
        WHERE least(abs(ratio - 1), abs(ratio / %(median)s - 1)) * 100 > %(shock)s
    )
