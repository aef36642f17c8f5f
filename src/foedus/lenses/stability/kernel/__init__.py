"""The graph model on plain arrays, without any case."""
