-- What nobody wants to see any more in the lists of this source.
SELECT g.cause FROM ingestion_ignoredcause g WHERE g.source_id = %(source)s
