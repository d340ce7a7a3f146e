-- The bucket of a change. The same price of one on another basis is none of price.
CASE WHEN d.fate IN (@new, @missing) THEN d.fate WHEN d.fate IN (@held, @rejected) THEN 'held' WHEN d.returned THEN 'returned'
    WHEN d.currency_changed THEN 'currency' WHEN d.ratio < 1 THEN 'price_down'
    WHEN d.price_changed AND d.ratio IS DISTINCT FROM 1 THEN 'price_up' ELSE 'details' END
