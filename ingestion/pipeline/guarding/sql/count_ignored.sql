-- Failed rows of ignored causes.
SELECT count(*) FROM stage WHERE error_type IS NOT NULL AND row_number IS NOT NULL AND cause IN (@ignored)
