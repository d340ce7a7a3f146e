-- The items as the accepted rows say.
UPDATE catalog_supplieritem i SET
@set_values
FROM (SELECT item_id, new AS values FROM ingestion_change WHERE run_id = %(run)s) v WHERE i.id = v.item_id
