-- What is left of `listed` once the list has set some values: they are the supplier's again.
nullif(i.listed - @names_of_changed, '{}')
