DELETE FROM delta WHERE fate = 'missing'
