"""Models of bargaining on plain arrays, without any case."""
