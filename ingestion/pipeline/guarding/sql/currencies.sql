-- Which currencies the list changed into which, for how many items, and the middle of the ratios of the amounts.
SELECT old_currency, currency, count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY ratio)
FROM delta WHERE fate = @changed AND currency_changed GROUP BY 1, 2
