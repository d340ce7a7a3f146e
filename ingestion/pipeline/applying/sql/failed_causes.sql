-- What went wrong, on which sheets.
SELECT DISTINCT cause, coalesce(sheet, '') FROM stage WHERE error_type IS NOT NULL AND cause IS NOT NULL
