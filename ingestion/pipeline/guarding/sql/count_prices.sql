-- Prices that the list changes within their currency.
SELECT count(*) FROM delta WHERE fate = @changed AND ratio IS NOT NULL AND NOT currency_changed
