-- The likely causes of what is held, as they were guessed from the rows.
UPDATE delta d SET cause = n.cause FROM unnest(%(items)s::bigint[], %(causes)s::text[]) AS n(id, cause) WHERE d.item_id = n.id
