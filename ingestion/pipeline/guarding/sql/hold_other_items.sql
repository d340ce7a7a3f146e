-- A code that means another thing now: unlike price and unlike name. Likeness takes long, so it is asked for last, by CASE: a planner puts
-- what is short first. Where the database's locale knows no letters of a name, its likeness to itself is not 1, and nothing is said of it;
-- plain letters and digits are known everywhere.
UPDATE delta d SET fate = @held, cause = 'other_item'
FROM catalog_supplieritem i
WHERE d.fate = @changed AND d.name_changed AND d.price_changed AND d.item_id = i.id
    AND (d.currency_changed OR least(abs(d.ratio - 1), abs(d.ratio / %(median)s - 1)) * 100 > %(unlike)s)
    AND CASE WHEN similarity(i.name, d.name) < %(alike)s
        THEN (i.name ~ '[0-9A-Za-z]' OR similarity(i.name, i.name) = 1)
            AND (d.name ~ '[0-9A-Za-z]' OR similarity(d.name, d.name) = 1)
        ELSE false END
