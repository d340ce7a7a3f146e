SELECT count(*) FROM delta WHERE fate = 'changed' AND ratio IS NOT NULL AND NOT currency_changed
