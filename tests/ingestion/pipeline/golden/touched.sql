SELECT product_id FROM delta WHERE fate IN ('changed', 'missing') AND product_id IS NOT NULL
