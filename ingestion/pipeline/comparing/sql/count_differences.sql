-- What the comparison found and the guards let through, in numbers. An item that only came back is counted as unchanged: nothing it
-- says is different.
SELECT count(*) FILTER (WHERE fate = @new),
    count(*) FILTER (WHERE fate = @changed AND (@any_changed)),
    count(*) FILTER (WHERE fate = @missing), count(*) FILTER (WHERE fate = @changed AND returned),
    count(*) FILTER (WHERE fate IN (@held, @rejected)), count(*) FILTER (WHERE fate IN (@changed, @missing)),
    min(item_id) FILTER (WHERE fate = @new), max(item_id) FILTER (WHERE fate = @new), count(*) FILTER (WHERE fate = @rejected)
FROM delta
