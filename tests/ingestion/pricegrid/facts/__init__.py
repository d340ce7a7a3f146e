"""Lists of our own with what buyers compare by, in many languages, and the facts that a person reads in them."""
