-- The supplier's items as its lists know them: where a person changed a value by hand, `listed` holds the last one that a list gave.
SELECT i.id, i.sku_key, i.product_id, i.source_id, i.missing_since, i.listed IS NOT NULL AS is_edited,
    @known_values
FROM catalog_supplieritem i WHERE i.supplier_id = %(supplier)s
