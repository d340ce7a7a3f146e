-- Products whose offers have changed; the new ones are written as they are.
SELECT product_id FROM delta WHERE fate IN (@changed, @missing) AND product_id IS NOT NULL
