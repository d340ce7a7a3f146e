INSERT INTO ingestion_parsinglog (task_id, run_id, supplier_id, supplier_name, error_type, message, cause, "column", is_ignored, sheet,
    row_number, row_data, created_at)
SELECT %(task)s, %(run)s, %(supplier)s, %(supplier_name)s, error_type, coalesce(message, ''), coalesce(cause, ''), coalesce((
        SELECT f.letter FROM unnest(%(causes)s::text[], %(sheets)s::text[], %(letters)s::text[]) AS f(cause, sheet, letter)
        WHERE f.cause = stage.cause AND f.sheet = coalesce(stage.sheet, '') LIMIT 1
    ), ''), cause IN (SELECT g.cause FROM ingestion_ignoredcause g WHERE g.source_id = %(source)s), left(coalesce(sheet, ''), 255), row_number, coalesce(row_data, '{}'), %(at)s
FROM stage WHERE error_type IS NOT NULL
ORDER BY line
