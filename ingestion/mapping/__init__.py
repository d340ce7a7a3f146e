"""What staff say about how a list is read: tried before it is stored, kept with its source, and gone back to."""
