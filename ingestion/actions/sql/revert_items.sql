-- Values as they were.
UPDATE catalog_supplieritem i SET
@set_values
FROM (SELECT item_id, old AS values FROM undoing WHERE deed = 'revert' AND obstacle IS NULL) v WHERE i.id = v.item_id
