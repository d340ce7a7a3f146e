-- Those that still wait.
SELECT count(*) FROM delta WHERE fate = @held AND cause = 'other_item'
