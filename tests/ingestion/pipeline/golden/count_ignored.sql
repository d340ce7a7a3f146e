SELECT count(*) FROM stage WHERE error_type IS NOT NULL AND row_number IS NOT NULL AND cause IN (SELECT g.cause FROM ingestion_ignoredcause g WHERE g.source_id = %(source)s)
