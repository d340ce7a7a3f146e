-- The keys of codes that the reader has left to PostgreSQL: few, if any.
UPDATE stage SET sku_key = catalog_code_key(supplier_sku) WHERE sku_key IS NULL AND supplier_sku IS NOT NULL
