"""Lists of our own making, trait by trait and language by language, each with what must come out of it."""
