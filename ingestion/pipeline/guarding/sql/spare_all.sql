-- No item of this list counts as missing.
DELETE FROM delta WHERE fate = @missing
