-- Prices beyond the guard wait for a person: those that go too far both by themselves and beside the list as a whole, and those in
-- another currency, unless the whole list went there at one rate. Of these the cause is known, as it is of a price of one that went too far by another
-- basis, or by another side of tax.
UPDATE delta d SET fate = @held, cause = CASE WHEN d.currency_changed THEN 'currency'
    WHEN d.basis_changed THEN 'basis' WHEN d.side_changed THEN 'tax_side' ELSE '' END
WHERE d.fate = @changed AND d.price_changed AND CASE
    WHEN d.currency_changed THEN NOT EXISTS (
        SELECT FROM unnest(%(old_currencies)s::text[], %(new_currencies)s::text[], %(rates)s::numeric[]) AS honest(old, new, rate)
        WHERE (honest.old, honest.new) = (d.old_currency, d.currency) AND abs(d.ratio / honest.rate - 1) * 100 <= %(shock)s
    )
    ELSE least(abs(d.ratio - 1), abs(d.ratio / %(median)s - 1)) * 100 > %(shock)s
END
