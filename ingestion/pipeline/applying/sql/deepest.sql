-- How many levels of categories the new items name.
SELECT coalesce(max(depth), 0) FROM branch
