"""Which product an item is: links with their history, what people decided of pairs, products that became one."""
