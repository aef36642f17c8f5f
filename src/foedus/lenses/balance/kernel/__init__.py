"""Signed networks on plain arrays, without any case."""
