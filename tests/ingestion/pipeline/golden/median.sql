SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY ratio) FROM (
    SELECT ratio FROM delta WHERE fate = 'changed' AND ratio IS NOT NULL AND NOT currency_changed
    UNION ALL SELECT 1 FROM generate_series(1, %(unchanged)s)
) prices
