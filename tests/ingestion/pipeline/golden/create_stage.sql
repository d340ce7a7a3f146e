CREATE TEMPORARY TABLE stage (
    line integer GENERATED ALWAYS AS IDENTITY,
    row_number integer,
    sheet text,
    supplier_sku text,
    sku_is_derived boolean,
    name text,
    price numeric(14, 4),
    currency text,
    retail_price numeric(14, 4),
    stock integer,
    availability text,
    category text,
    characteristics jsonb,
    error_type text,
    message text,
    cause text,
    row_data jsonb
) ON COMMIT DROP
