"""Understanding a grid of cells: pure Python, no Django, no database, no clock, no network."""
