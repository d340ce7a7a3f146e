-- Which currencies the list changed into which, for how many items, and the middle of the ratios of the amounts.
SELECT d.old_currency, s.currency, count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY d.ratio)
FROM delta d JOIN stage s ON s.ctid = d.place WHERE d.fate = 'changed' AND d.currency_changed GROUP BY 1, 2
