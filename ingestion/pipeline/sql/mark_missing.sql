-- Only items that went missing carry a mark; when an item was last listed is otherwise a fact of its source's last run.
UPDATE catalog_supplieritem i SET missing_since = %(at)s, updated_at = %(at)s,
    last_listed_at = (SELECT last_ingested_at FROM suppliers_pricelistsource WHERE id = %(source)s)
FROM delta d WHERE d.fate = 'missing' AND i.id = d.item_id
