"""Everything there is to tell of one graph model, as plain data."""
