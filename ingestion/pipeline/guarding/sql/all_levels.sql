-- Each category of `paths`, and those above it, once.
SELECT DISTINCT array_to_string(path[:depth], chr(31)) AS path, left(path[depth], 255) AS name
    FROM paths, string_to_array(category, chr(31)) AS path, generate_series(1, cardinality(path)) AS depth
