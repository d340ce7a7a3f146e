-- Only rows of the delta are touched: writing a time stamp on every row of a list costs 2.6 times the time, 6.5 times the
-- write-ahead log, and doubles the table. Only what the supplier changed is set: a value that a person changed by hand stays until
-- then. What the list has no column for keeps its value. An item keeps the source that it came from while that source still lists it.
UPDATE catalog_supplieritem i SET
    @set_changed,
    source_id = CASE WHEN d.returned OR %(adopts)s AND i.source_id IS NULL THEN %(source)s ELSE i.source_id END,
    missing_since = CASE WHEN d.returned THEN NULL ELSE i.missing_since END,
    last_listed_at = CASE WHEN d.returned THEN NULL ELSE i.last_listed_at END,
    missing_at_list = CASE WHEN d.returned THEN NULL ELSE i.missing_at_list END,
    listed = CASE WHEN d.is_edited THEN @still_listed END,
    updated_at = %(at)s
FROM delta d
WHERE d.fate = @changed AND i.id = d.item_id
