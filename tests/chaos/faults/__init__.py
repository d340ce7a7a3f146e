"""One module a kind of fault."""
