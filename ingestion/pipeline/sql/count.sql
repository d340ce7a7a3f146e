-- What the comparison found, in numbers. An item that only came back is counted as unchanged: nothing it says is different.
SELECT count(*) FILTER (WHERE fate = 'new'), count(*) FILTER (WHERE values_changed), count(*) FILTER (WHERE fate = 'missing'),
    count(*) FILTER (WHERE returned)
FROM delta
