-- A run's changes in figures: its buckets, how far prices went (edges in per cent), and which went farthest.
SELECT
    (SELECT coalesce(jsonb_object_agg(kind, count), '{}') FROM (
        SELECT kind, count(*) FROM ingestion_change WHERE run_id = %(run)s GROUP BY kind
    ) buckets),
    (SELECT coalesce(jsonb_object_agg(place, count), '{}') FROM (
        SELECT width_bucket(percent, %(edges)s::numeric[]) AS place, count(*) FROM ingestion_change
        WHERE run_id = %(run)s AND percent IS NOT NULL GROUP BY 1
    ) bars),
    (SELECT coalesce(jsonb_agg(id), '[]') FROM (
        SELECT id FROM ingestion_change WHERE run_id = %(run)s AND percent IS NOT NULL ORDER BY abs(percent) DESC, id LIMIT 10
    ) movers)
