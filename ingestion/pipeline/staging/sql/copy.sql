-- The rows, as the reading process has written them; an empty field is NULL.
COPY stage (@copied) FROM STDIN WITH (NULL '')
