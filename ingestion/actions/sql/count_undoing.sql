-- What would be done, in numbers.
SELECT count(*) FILTER (WHERE obstacle IS NULL AND deed = 'revert'), count(*) FILTER (WHERE obstacle IS NULL AND deed = 'remove'),
    count(*) FILTER (WHERE obstacle IS NULL AND deed = 'insert'), count(*) FILTER (WHERE obstacle IS NOT NULL)
FROM undoing
