-- The same columns as the list wants them.
CASE WHEN d.fate = @missing THEN %(missing)s::jsonb ELSE
    @new_objects
    || CASE WHEN d.returned THEN jsonb_build_object('source_id', %(source)s::bigint, 'missing_since', NULL,
        'last_listed_at', NULL, 'missing_at_list', NULL) ELSE '{}' END
    || CASE WHEN %(adopts)s AND i.source_id IS NULL THEN jsonb_build_object('source_id', %(source)s::bigint) ELSE '{}' END
    || CASE WHEN d.is_edited THEN jsonb_build_object('listed', @still_listed) ELSE '{}' END
END
