-- How many categories the list names that are not in the catalog: few in a usual week, and then nothing more is asked.
WITH RECURSIVE known AS (@category_paths), paths AS (
    SELECT DISTINCT category FROM stage WHERE error_type IS NULL AND category IS NOT NULL
), named AS (@all_levels)
SELECT count(*) FROM named n WHERE NOT EXISTS (SELECT FROM known k WHERE k.path = n.path)
