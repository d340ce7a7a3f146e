-- Only items that went missing carry a mark; when an item was last listed is otherwise a fact of its source's last run.
UPDATE catalog_supplieritem i SET missing_since = %(at)s, updated_at = %(at)s,
    last_listed_at = %(last_ingested_at)s, missing_at_list = %(list_number)s
FROM delta d WHERE d.fate = 'missing' AND i.id = d.item_id
