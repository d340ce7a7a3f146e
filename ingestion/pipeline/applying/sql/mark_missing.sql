-- Only items that went missing carry a mark; when an item was last listed is otherwise a fact of its source's last run.
UPDATE catalog_supplieritem i SET missing_since = %(missing_since)s, updated_at = %(missing_since)s,
    last_listed_at = %(last_listed_at)s, missing_at_list = %(missing_at_list)s
FROM delta d WHERE d.fate = @missing AND i.id = d.item_id
