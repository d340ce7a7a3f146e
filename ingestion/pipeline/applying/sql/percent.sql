-- How far a price went; amounts in different currencies are not compared.
CASE WHEN NOT d.currency_changed THEN round((d.ratio - 1) * 100, 2) END
