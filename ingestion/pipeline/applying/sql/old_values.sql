-- What the item is now, of the columns that the run sets.
CASE WHEN d.fate = @missing THEN jsonb_build_object('missing_since', NULL, 'last_listed_at', NULL, 'missing_at_list', NULL) ELSE
    @old_objects
    || CASE WHEN d.returned THEN jsonb_build_object('source_id', i.source_id, 'missing_since', i.missing_since,
        'last_listed_at', i.last_listed_at, 'missing_at_list', i.missing_at_list) ELSE '{}' END
    || CASE WHEN %(adopts)s AND i.source_id IS NULL THEN jsonb_build_object('source_id', NULL) ELSE '{}' END
    || CASE WHEN d.is_edited THEN jsonb_build_object('listed', i.listed) ELSE '{}' END
END
