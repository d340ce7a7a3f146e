-- One staging table for items and row errors alike: a reading yields them in one stream, and one connection can hold one COPY.
-- It is temporary (no write-ahead log, gone at the commit) and has no index but one on the few rows that failed: what looks for items
-- reads it whole, by hash joins.
-- Codes are compared by their keys: the same code may be written in several ways.
-- `line` keeps the order of the list over all its sheets. Rows with an error_type are no items (any more).
CREATE TEMPORARY TABLE stage (
    line integer GENERATED ALWAYS AS IDENTITY,
    @stage_columns
) ON COMMIT DROP
