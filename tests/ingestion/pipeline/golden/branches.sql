CREATE TEMPORARY TABLE branch ON COMMIT DROP AS
SELECT DISTINCT array_to_string(path[:depth], chr(31)) AS path, array_to_string(path[:depth - 1], chr(31)) AS parent_path,
    left(path[depth], 255) AS name, depth, NULL::bigint AS id
FROM (SELECT DISTINCT s.category FROM delta d JOIN stage s ON s.ctid = d.place WHERE d.fate = 'new' AND s.category IS NOT NULL) named,
    string_to_array(category, chr(31)) AS path, generate_series(1, cardinality(path)) AS depth
