-- Failed rows, few among many, are asked for again and again.
CREATE INDEX ON stage (line) WHERE error_type IS NOT NULL
