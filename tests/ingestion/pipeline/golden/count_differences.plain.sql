SELECT count(*) FILTER (WHERE fate = 'new'),
    count(*) FILTER (WHERE fate = 'changed' AND (code_changed OR name_changed OR price_changed OR characteristics_changed OR notes_changed)),
    count(*) FILTER (WHERE fate = 'missing'), count(*) FILTER (WHERE fate = 'changed' AND returned),
    count(*) FILTER (WHERE fate IN ('held', 'rejected')), count(*) FILTER (WHERE fate IN ('changed', 'missing')),
    min(item_id) FILTER (WHERE fate = 'new'), max(item_id) FILTER (WHERE fate = 'new'), count(*) FILTER (WHERE fate = 'rejected')
FROM delta
