"""Cooperative games as arrays in, arrays out."""
